//! Which files of a folder are taken for plugins.

use std::env::consts;
use std::fs::Metadata;
use std::io;
use std::path::{self, Path, PathBuf};

use crate::output::one_line;

/// Whether to load from where anybody may write.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// Not where the file system says that anybody may write.
    Permissions,
    /// Anywhere: for file systems that know no permissions and show
    /// all of them as given.
    Everybody,
}

// ANCHOR: libraries
/// The absolute paths of all files in the folder that have the
/// extension of this platform's libraries, in the order of their names.
/// Hidden ones and all others are passed over.
///
/// # Errors
/// If the folder cannot be read, or anybody may write to it.
pub fn libraries(
    folder: &Path,
    trust: Trust,
) -> io::Result<Vec<PathBuf>> {
    // Absolute, because a bare file name is searched elsewhere.
    let folder = path::absolute(folder)?;
    check_permissions(&folder.metadata()?, trust)?;
    let mut paths = Vec::new();
    for entry in folder.read_dir()? {
        let path = entry?.path();
        let extension = path.extension().unwrap_or_default();
        if extension.eq_ignore_ascii_case(consts::DLL_EXTENSION)
            && !is_hidden(&path)
        {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}
// ANCHOR_END: libraries

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    name.as_encoded_bytes().starts_with(b".")
}

// ANCHOR: permissions
/// Who may write to a plugin may do whatever this app may do.
///
/// # Errors
/// If anybody may write to the file or folder.
#[cfg(unix)]
pub fn check_permissions(
    metadata: &Metadata,
    trust: Trust,
) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let everybody_writes = metadata.permissions().mode() & 0o002 != 0;
    if everybody_writes && trust == Trust::Permissions {
        return Err(io::Error::other(
            "anybody may write to it; take that away with chmod o-w, \
             or trust it with --allow-world-writable",
        ));
    }
    Ok(())
}

/// Windows has no such bit; its access lists are not looked at.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn check_permissions(_: &Metadata, _: Trust) -> io::Result<()> {
    Ok(())
}
// ANCHOR_END: permissions

/// The last part of a path, as one line of text for a message.
pub fn shown(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    one_line(&name)
}

/// The name of a plugin is that of its file, without what the platform
/// puts around it: `voice` for `libvoice.so` and for `voice.dll`.
pub fn plugin_name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let name = stem.strip_prefix(consts::DLL_PREFIX).unwrap_or(&stem);
    one_line(name)
}
