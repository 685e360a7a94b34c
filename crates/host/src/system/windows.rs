//! The functions of `system` for Windows, where a program can keep an
//! open file from being replaced.

use std::ffi::{CStr, OsString};
use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::ops::Range;
use std::os::windows::ffi::{OsStrExt, OsStringExt};
use std::os::windows::fs::OpenOptionsExt;
use std::os::windows::io::AsRawHandle;
use std::path::{Path, PathBuf};
use std::ptr;

use libloading::os::windows::{
    LOAD_LIBRARY_SEARCH_DEFAULT_DIRS, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR,
    Library,
};
use windows_sys::Win32::Foundation::HMODULE;
use windows_sys::Win32::Storage::FileSystem::{
    BY_HANDLE_FILE_INFORMATION, FILE_FLAG_BACKUP_SEMANTICS,
    FILE_SHARE_READ, GetFileInformationByHandle,
};
use windows_sys::Win32::System::LibraryLoader::{
    GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
    GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT, GetModuleFileNameW,
    GetModuleHandleExW, GetProcAddress,
};

use super::{Identity, OpenError};
use crate::needs::Need;

/// Opens a file to read it. Until it is closed, nobody can write to it,
/// rename it, or put another one in its place. A folder opens as well;
/// its metadata show what it is.
pub fn open_to_read(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .read(true)
        .share_mode(FILE_SHARE_READ)
        .custom_flags(FILE_FLAG_BACKUP_SEMANTICS)
        .open(path)
}

/// Never: on Windows, [`open_to_read`] follows links.
pub fn is_link(_: &io::Error) -> bool {
    false
}

/// Which file is behind a handle, which the metadata do not show.
pub fn identity(file: &File, _: &Metadata) -> io::Result<Identity> {
    // SAFETY: all zeros are a value of this struct of C.
    let mut info =
        unsafe { std::mem::zeroed::<BY_HANDLE_FILE_INFORMATION>() };
    // SAFETY: the handle is open, and `info` may be written to.
    let done = unsafe {
        GetFileInformationByHandle(file.as_raw_handle(), &mut info)
    };
    if done == 0 {
        return Err(io::Error::last_os_error());
    }
    let wide = |high, low| u64::from(high) << 32 | u64::from(low);
    let number = wide(info.nFileIndexHigh, info.nFileIndexLow);
    let written = info.ftLastWriteTime;
    let time = wide(written.dwHighDateTime, written.dwLowDateTime);
    Ok(Identity {
        file: (info.dwVolumeSerialNumber.into(), number),
        state: (
            wide(info.nFileSizeHigh, info.nFileSizeLow),
            [time as i64, 0],
        ),
    })
}

/// The volume and the number of the file to which a path leads.
pub fn file_at(path: &Path) -> Option<(u64, u64)> {
    let file = open_to_read(path).ok()?;
    let metadata = file.metadata().ok()?;
    Some(identity(&file, &metadata).ok()?.file)
}

/// A library that stays open until the process ends.
pub struct Loaded {
    module: HMODULE,
}

impl Loaded {
    /// Whether the address is in this library and in no other.
    pub fn contains(&self, address: *const ()) -> bool {
        let flags = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS
            | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
        let mut module: HMODULE = ptr::null_mut();
        // SAFETY: any address is allowed, and `module` may be written
        // to.
        let found = unsafe {
            GetModuleHandleExW(flags, address.cast(), &mut module)
        };
        found != 0 && ptr::eq(module, self.module)
    }

    /// The address of a symbol of this library. `None` if the library
    /// forwards the symbol to another one.
    pub fn symbol(&self, name: &CStr) -> Option<*const ()> {
        // SAFETY: the module is never closed.
        let address = unsafe {
            GetProcAddress(self.module, name.as_ptr().cast())
        };
        let address = address? as *const ();
        self.contains(address).then_some(address)
    }
}

/// Opens the library that was read through a handle. As long as the
/// handle is open, no other file can take its place. On Windows,
/// symbols are always private. The loader searches for what the library
/// needs in the library's folder, not in the current folder.
///
/// # Safety
/// As for `Library::new`: the library's constructors run, and those of
/// what it needs.
pub unsafe fn load(
    (file, identity): (&File, &Identity),
    path: &Path,
    _: bool,
    _: &Range<u64>,
) -> Result<Loaded, OpenError> {
    // ANCHOR: open
    let flags = LOAD_LIBRARY_SEARCH_DEFAULT_DIRS
        | LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR;
    // SAFETY: the caller has accepted what the constructors do.
    let library = unsafe { Library::load_with_flags(path, flags) };
    // ANCHOR_END: open
    let library = library
        .map_err(|error| OpenError::System(error.to_string()))?;
    // Rule 3, never unload: a raw handle is never closed.
    let module = library.into_raw() as HMODULE;
    // Policies can redirect the loader to another file.
    let opened = file_at(&path_of(module));
    let _: &File = file; // it is open until here
    match opened == Some(identity.file) {
        true => Ok(Loaded { module }),
        false => Err(OpenError::Replaced),
    }
}

/// The path by which the loader has opened a module.
fn path_of(module: HMODULE) -> PathBuf {
    let mut path = vec![0; 32_768];
    let room = path.len() as u32;
    // SAFETY: there is that much room.
    let length =
        unsafe { GetModuleFileNameW(module, path.as_mut_ptr(), room) };
    OsString::from_wide(&path[..length as usize]).into()
}

/// The open library that the loader gives to all that need this name,
/// if there is one: its path, and which file it is.
pub fn open_under(name: &str) -> Option<(PathBuf, (u64, u64))> {
    let name: Vec<u16> =
        OsString::from(name).encode_wide().chain([0]).collect();
    let mut module: HMODULE = ptr::null_mut();
    let flags = GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    // SAFETY: the name ends with a zero, and `module` may be written to.
    let found = unsafe {
        GetModuleHandleExW(flags, name.as_ptr(), &mut module)
    };
    if found == 0 {
        return None;
    }
    let path = path_of(module);
    let file = file_at(&path)?;
    Some((path, file))
}

/// Whether the library that is open under a name is one of these files.
pub fn is_open_under(
    name: &str,
    needs: &mut dyn Iterator<Item = &Need>,
) -> bool {
    open_under(name).is_none_or(|(_, file)| {
        needs.filter_map(Need::number).any(|number| number == file)
    })
}

/// Does nothing: the loader finds them beside the plugin, where nobody
/// can replace them while their handles are open.
///
/// # Safety
/// As for [`load`].
pub unsafe fn load_needs<'a>(
    _: impl Iterator<Item = ((&'a File, &'a Identity), &'a Path)>,
) {
}
