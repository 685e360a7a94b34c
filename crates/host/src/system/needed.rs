//! The libraries that a plugin needs, and those that are open under the
//! same names. Only Linux is asked. The loader of macOS, too, takes an
//! open library for one that is needed as `@rpath/…`; no host notices.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::Identity;
#[cfg(target_os = "linux")]
use super::{file_at, linux};
use crate::needs::Need;

/// Opens the libraries that a plugin needs, each through its handle, so
/// that the loader finds them by their names. If one does not open, the
/// loader reports it when it opens the plugin.
///
/// # Safety
/// As for [`load`].
pub unsafe fn load_needs<'a>(
    needs: impl Iterator<Item = ((&'a File, &'a Identity), &'a Path)>,
) {
    #[cfg(target_os = "linux")]
    for ((file, identity), path) in needs {
        // SAFETY: the caller has accepted what the constructors do.
        unsafe { linux::load_need(file, identity, path) };
    }
    #[cfg(not(target_os = "linux"))]
    let _ = needs;
}

/// The open library that the loader gives to all that need this name,
/// if there is one: its path, and which file it is.
pub fn open_under(name: &str) -> Option<(PathBuf, (u64, u64))> {
    #[cfg(target_os = "linux")]
    {
        let path = linux::open_under(name)?;
        let file = file_at(&path)?;
        Some((path, file))
    }
    // On macOS there may be one, but its loader says nothing.
    #[cfg(not(target_os = "linux"))]
    {
        let _ = name;
        None
    }
}

/// Whether the library that is open under a name is one of these files.
/// It may also be that none is, because the loader found another way.
pub fn is_open_under(
    name: &str,
    needs: &mut dyn Iterator<Item = &Need>,
) -> bool {
    #[cfg(target_os = "linux")]
    {
        let files = needs.filter_map(|need| need.file.as_ref());
        let mut paths = files.filter_map(|(file, identity)| {
            linux::path_of(file, identity)
        });
        linux::open_already(name.as_ref()).is_none_or(|handle| {
            paths.any(|path| linux::is_file(handle, &path))
        })
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = (name, needs);
        true
    }
}
