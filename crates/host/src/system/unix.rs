//! The functions of `system` for Linux, macOS and their relatives.

use std::ffi::{CStr, OsStr, c_void};
use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::ops::Range;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::ptr;

use libloading::os::unix::{Library, RTLD_LOCAL, RTLD_NOW};

#[cfg(target_os = "linux")]
use super::linux;
use super::{Identity, OpenError};

// ANCHOR: open_to_read
/// Opens a file to read it, without waiting: even a pipe without a
/// writer opens at once. If the path ends in a link, that is an error.
pub fn open_to_read(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .read(true)
        .custom_flags(libc::O_NONBLOCK | libc::O_NOFOLLOW)
        .open(path)
}
// ANCHOR_END: open_to_read

/// Whether [`open_to_read`] failed because of a link.
pub fn is_link(error: &io::Error) -> bool {
    error.raw_os_error() == Some(libc::ELOOP)
}

/// Which file this is, by its metadata.
pub fn identity(_: &File, metadata: &Metadata) -> io::Result<Identity> {
    Ok(identity_of(metadata))
}

/// The device and the number of the file to which a path leads.
pub fn file_at(path: &Path) -> Option<(u64, u64)> {
    Some(identity_of(&path.metadata().ok()?).file)
}

fn identity_of(metadata: &Metadata) -> Identity {
    let time = [metadata.mtime(), metadata.mtime_nsec()];
    Identity {
        file: (metadata.dev(), metadata.ino()),
        state: (metadata.size(), time),
    }
}

/// A library that stays open until the process ends.
pub struct Loaded {
    handle: *mut c_void,
    place: Place,
}

/// Where in memory a library is.
enum Place {
    /// From the first of its addresses to the last.
    #[cfg(target_os = "linux")]
    Span(Range<usize>),
    /// Where it begins, according to the loader.
    Base(*const c_void),
}

impl Loaded {
    /// Whether the address is in this library and in no other.
    pub fn contains(&self, address: *const ()) -> bool {
        match &self.place {
            #[cfg(target_os = "linux")]
            Place::Span(span) => span.contains(&address.addr()),
            Place::Base(base) => place_of(address.cast())
                .is_some_and(|info| ptr::eq(info.dli_fbase, *base)),
        }
    }

    /// The address of a symbol of this library. `None` if the symbol is
    /// that of a library which this one needs.
    pub fn symbol(&self, name: &CStr) -> Option<*const ()> {
        let address = symbol(self.handle, name);
        self.contains(address).then_some(address)
    }
}

fn symbol(handle: *mut c_void, name: &CStr) -> *const () {
    // SAFETY: the handle is that of a library which is never closed.
    unsafe { libc::dlsym(handle, name.as_ptr()) }.cast_const().cast()
}

/// The library in which an address is.
fn place_of(address: *const c_void) -> Option<libc::Dl_info> {
    // SAFETY: all zeros are a value of this struct of C.
    let mut info = unsafe { std::mem::zeroed::<libc::Dl_info>() };
    // SAFETY: dladdr takes any address, and `info` may be written to.
    let found = unsafe { libc::dladdr(address, &mut info) };
    (found != 0).then_some(info)
}

// ANCHOR: load
/// Opens the library that was read through a handle, and no other. The
/// loader resolves all symbols now, not at their first call, and keeps
/// them private, so that plugins cannot run each other's functions.
///
/// `path` is the path of the file, without links. `by_name` is set if
/// the loader must know this path to find what the library needs.
/// `span` has the addresses that its segments name.
///
/// # Safety
/// As for `Library::new`: the library's constructors run, and those of
/// what it needs.
pub unsafe fn load(
    (file, identity): (&File, &Identity),
    path: &Path,
    by_name: bool,
    span: &Range<u64>,
) -> Result<Loaded, OpenError> {
    #[cfg(target_os = "linux")]
    let handle_path = linux::path_of(file, identity);
    #[cfg(not(target_os = "linux"))]
    let _: (&File, &Range<u64>) = (file, span);
    #[cfg(not(target_os = "linux"))]
    let handle_path: Option<std::path::PathBuf> = None;
    let name = match &handle_path {
        Some(handle_path) if !by_name => handle_path,
        _ => path,
    };
    // SAFETY: the caller has accepted what the constructors do.
    let library =
        unsafe { Library::open(Some(name), RTLD_NOW | RTLD_LOCAL) };
    let library = library.map_err(|error| reason(error, name))?;
    // Rule 3, never unload: the library may have started threads, and
    // the host will point into it. A raw handle is never closed.
    let handle = library.into_raw();
    #[cfg(target_os = "linux")]
    if let Some(handle_path) = &handle_path {
        if !by_name {
            // SAFETY: the library was opened above.
            unsafe { linux::set_path(handle, path) };
        } else if !linux::is_file(handle, handle_path) {
            return Err(OpenError::Replaced);
        }
        // SAFETY: the library was opened above.
        let moved_by = unsafe { linux::moved_by(handle) };
        let moved_by = moved_by.ok_or(OpenError::Replaced)?;
        let [start, end] = [span.start, span.end]
            .map(|at| moved_by.wrapping_add(at as usize));
        return Ok(Loaded { handle, place: Place::Span(start..end) });
    }
    // The loader knows the path by which it has opened the file with
    // the descriptor.
    let descriptor = symbol(handle, c"PLUGIN_DESCRIPTOR");
    let place =
        place_of(descriptor.cast()).ok_or(OpenError::Replaced)?;
    // SAFETY: the name is text of the loader, whose library stays open.
    let opened = unsafe { CStr::from_ptr(place.dli_fname) };
    let opened = Path::new(OsStr::from_bytes(opened.to_bytes()));
    let is_same = opened
        .metadata()
        .is_ok_and(|now| identity_of(&now) == *identity);
    match is_same {
        true => {
            let place = Place::Base(place.dli_fbase);
            Ok(Loaded { handle, place })
        }
        false => Err(OpenError::Replaced),
    }
}
// ANCHOR_END: load

/// The system's message without the path, which the caller adds.
fn reason(error: libloading::Error, name: &Path) -> OpenError {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        text += &format!(": {error}");
        cause = error.source();
    }
    let prefix = format!("{}: ", name.display());
    OpenError::System(text.replace(&prefix, ""))
}
