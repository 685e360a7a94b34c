//! What only Linux can do: open a library through the handle by which
//! its file was read, so that no name is looked up again.

use std::ffi::{CStr, CString, OsStr, c_char, c_int, c_void};
use std::fs::{self, File};
use std::os::fd::AsRawFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process;
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicPtr, AtomicU32, Ordering};

use libloading::os::unix::{Library, RTLD_LAZY, RTLD_LOCAL, RTLD_NOW};

use super::Identity;

/// The beginning of the loader's entry for an open library, as
/// `<link.h>` defines it, both in the GNU C library and in musl.
#[repr(C)]
struct LinkMap {
    moved_by: usize,
    name: *mut c_char,
}

unsafe extern "C" {
    fn dlinfo(
        handle: *mut c_void,
        request: c_int,
        info: *mut c_void,
    ) -> c_int;
}

// ANCHOR: path_of
/// A path that leads to the very file behind a handle, whatever happens
/// to the file's name: `dlopen` neither finds another file there nor
/// waits for a pipe. `None` where there is no `/proc` of this process.
///
/// The GNU loader does not open the same path twice, and the system
/// uses the numbers of closed handles again. So each path gets a
/// beginning of its own, the digits of a counter: `/./` for a 1, `/`
/// for a 0.
pub fn path_of(file: &File, identity: &Identity) -> Option<PathBuf> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    static IS_OURS: OnceLock<bool> = OnceLock::new();
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut path = String::with_capacity(128);
    for bit in 0..u32::BITS - count.leading_zeros() {
        path += if count >> bit & 1 == 1 { "/./" } else { "/" };
    }
    // Not `/proc/self`: a debugger, too, may want to open the path.
    let (process, handle) = (process::id(), file.as_raw_fd());
    path += &format!("/proc/{process}/fd/{handle}");
    // The `/proc` of another namespace would lead to another file.
    let is_ours = IS_OURS.get_or_init(|| {
        fs::metadata(&path).is_ok_and(|there| {
            (there.dev(), there.ino()) == identity.file
        })
    });
    is_ours.then(|| path.into())
}
// ANCHOR_END: path_of

/// The loader's entry for an open library, valid as long as it is open.
///
/// # Safety
/// `handle` must come from `dlopen`, and its library must be open.
unsafe fn link_map(handle: *mut c_void) -> Option<*mut LinkMap> {
    const RTLD_DI_LINKMAP: c_int = 2;
    let mut map: *mut LinkMap = ptr::null_mut();
    // SAFETY: the caller vouches for the handle, and this request writes
    // one pointer.
    let failed = unsafe {
        dlinfo(handle, RTLD_DI_LINKMAP, (&raw mut map).cast())
    };
    (failed == 0 && !map.is_null()).then_some(map)
}

/// How far the loader has moved a library from the addresses that its
/// file names.
///
/// # Safety
/// As for [`link_map`].
pub unsafe fn moved_by(handle: *mut c_void) -> Option<usize> {
    // SAFETY: the caller vouches for the handle, so its entry is there.
    unsafe { Some((*link_map(handle)?).moved_by) }
}

/// Tells debuggers and backtraces the path of a library that was opened
/// through a file handle, because this handle will be closed.
///
/// # Safety
/// As for [`link_map`].
pub unsafe fn set_path(handle: *mut c_void, path: &Path) {
    let Ok(path) = CString::new(path.as_os_str().as_bytes()) else {
        return;
    };
    // SAFETY: the caller vouches for the handle. The entry's name is a
    // pointer that other threads read at any time, for a backtrace. It
    // is written in one step, the new text lives for ever, and the old
    // one is never freed: the library stays open.
    unsafe {
        if let Some(map) = link_map(handle) {
            let name = AtomicPtr::from_ptr(&raw mut (*map).name);
            name.store(path.into_raw(), Ordering::Release);
        }
    }
}

/// Whether an open library is the file to which this path leads. The
/// loader compares the device and number of both files.
pub fn is_file(handle: *mut c_void, path: &Path) -> bool {
    open_already(path.as_os_str()) == Some(handle)
}

/// The path of the library that is open under this name, if there is
/// one: the loader gives it to all that need the name.
pub fn open_under(name: &str) -> Option<PathBuf> {
    let handle = open_already(OsStr::new(name))?;
    // SAFETY: the library is open, and its name is text that ends.
    let path = unsafe { CStr::from_ptr((*link_map(handle)?).name) };
    Some(OsStr::from_bytes(path.to_bytes()).into())
}

/// The handle of a library that is open; never opens one.
pub fn open_already(name: &OsStr) -> Option<*mut c_void> {
    let flags = libc::RTLD_NOLOAD | RTLD_LAZY;
    // SAFETY: nothing is loaded, so no constructor runs.
    let library = unsafe { Library::open(Some(name), flags) };
    // The handle is not closed again: what is open stays open.
    Some(library.ok()?.into_raw())
}

/// Opens a library through its handle, and tells the loader its path.
///
/// # Safety
/// As for `Library::new`: its constructors run.
pub unsafe fn load_need(file: &File, identity: &Identity, path: &Path) {
    let Some(handle_path) = path_of(file, identity) else { return };
    let flags = RTLD_NOW | RTLD_LOCAL;
    // SAFETY: the caller has accepted what the constructors do.
    let library = unsafe { Library::open(Some(handle_path), flags) };
    if let Ok(library) = library {
        // SAFETY: the library was opened above, and is never closed.
        unsafe { set_path(library.into_raw(), path) };
    }
}
