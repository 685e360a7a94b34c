//! Which files of a folder are taken for plugins.

use std::env::consts;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

// ANCHOR: libraries
/// The absolute paths of all files in the folder that have the
/// extension of this platform's libraries, in the order of their names.
/// Hidden ones and all others are passed over.
///
/// # Errors
/// If the folder cannot be read.
pub fn libraries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    // Absolute, because a bare file name is searched elsewhere.
    let folder = folder.canonicalize()?;
    let mut paths = Vec::new();
    for entry in folder.read_dir()? {
        let path = entry?.path();
        if is_library(&path) && !file_name(&path).starts_with('.') {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn is_library(path: &Path) -> bool {
    path.extension() == Some(OsStr::new(consts::DLL_EXTENSION))
}
// ANCHOR_END: libraries

/// The last part of a path, as text for a message.
pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into()
}

/// The name of a plugin is that of its file, without what the platform
/// puts around it: `voice` for `libvoice.so` and for `voice.dll`.
pub fn plugin_name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let name = stem.strip_prefix(consts::DLL_PREFIX).unwrap_or(&stem);
    name.into()
}
