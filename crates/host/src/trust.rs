//! Checks who may write to a plugin's file, because whoever may do so
//! can do whatever this process can. The checks cover the file, its
//! folder and every folder that leads to it, and follow links step by
//! step. They believe what the file system reports, although one that a
//! user has mounted may report anything. On Windows nothing is checked,
//! because its access lists are not read.

mod error;
#[cfg(unix)]
mod rule;
#[cfg(unix)]
mod walk;

use std::ffi::OsStr;
use std::fs::{File, Metadata};
use std::io;
use std::path::{self, Component, Path, PathBuf};

pub use error::{TrustError, Writer};

// ANCHOR: trust
/// From whom the host takes a plugin's file.
///
/// "This user" is the effective user of the process. On Linux, POSIX
/// access lists count; those of NFSv4 and of macOS are not seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trust {
    /// Others may not write: neither to the file, nor to its folder,
    /// nor to a folder on the way. If an access list lets another user
    /// or any group write, they count as others. On the way, a sticky
    /// folder is safe if the next step belongs to root or to this user;
    /// the file's own folder gets no such exception.
    ///
    /// Owners and owning groups are trusted, because mounts in
    /// containers may belong to any user, and many systems give each
    /// user a group.
    #[default]
    NoOthers,
    /// In addition, the file and each of these folders must belong to
    /// root or to this user, and their groups may not write. As in
    /// OpenSSH's `StrictModes`, a sticky folder is no exception:
    /// nothing below `/tmp` passes.
    Strict,
    /// Nothing is checked. Use this for file systems that have no
    /// permissions and show every permission as granted.
    Anyone,
}
// ANCHOR_END: trust

/// A folder that passed [`resolve_folder`]. For a file in this folder,
/// only the last step remains to be checked.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
    trust: Trust,
}

/// Checks the way to a file, and returns its path without links.
///
/// This does not check the file's own permissions: [`check_file`] reads
/// them from the open file.
///
/// It checks each folder that the system passes through, including the
/// folders of links, since whoever may write there decides where the
/// path leads. Two folders must keep others out even if they are
/// sticky: that of the file, and that of the link that was named.
///
/// On Windows it returns the absolute path, with its links, whether or
/// not there is such a file.
///
/// # Errors
/// The first step that somebody else may replace; or the system's error
/// if the path leads nowhere, passes more than 40 links, or does not
/// end in a name.
pub fn resolve(
    path: &Path,
    trust: Trust,
) -> Result<PathBuf, TrustError> {
    let path = path::absolute(path)?;
    let (Some(parent), Some(name)) = (path.parent(), path.file_name())
    else {
        Err(io::Error::from(io::ErrorKind::IsADirectory))?
    };
    #[cfg(unix)]
    let parent = walk::folder(parent, trust, true)?;
    Folder { path: parent.to_path_buf(), trust }.resolve(name)
}

/// Checks a folder of plugins and the way to it. The folder itself must
/// keep others out even if it is sticky.
///
/// On Windows this only makes the path absolute.
///
/// # Errors
/// As [`resolve`]; also if the path leads to anything but a folder.
pub fn resolve_folder(
    folder: &Path,
    trust: Trust,
) -> Result<Folder, TrustError> {
    let path = path::absolute(folder)?;
    #[cfg(unix)]
    let path = walk::folder(&path, trust, false)?;
    Ok(Folder { path, trust })
}

impl Folder {
    /// The folder's absolute path, except on Windows without links.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The rule for this folder, and for the files in it.
    pub fn trust(&self) -> Trust {
        self.trust
    }

    /// Checks the last step to a file in this folder, and returns its
    /// path as [`resolve`] does. For a plain file this takes one
    /// `lstat`. For a link, it checks the whole way to the target, from
    /// the root if the target is absolute.
    ///
    /// It does not check the folder again: call [`resolve_folder`] anew
    /// for each scan.
    ///
    /// # Errors
    /// As [`resolve`]; also if `name` is a path of several steps.
    pub fn resolve(&self, name: &OsStr) -> Result<PathBuf, TrustError> {
        let mut steps = Path::new(name).components();
        let (Some(Component::Normal(name)), None) =
            (steps.next(), steps.next())
        else {
            Err(io::Error::from(io::ErrorKind::InvalidFilename))?
        };
        #[cfg(unix)]
        let file = walk::file(&self.path, name, self.trust)?;
        #[cfg(not(unix))]
        let file = self.path.join(name);
        Ok(file)
    }
}

/// Checks the permissions of an open file. `path` only names the file
/// in the error.
///
/// On Windows nothing is checked.
///
/// # Errors
/// If somebody else may write to the file, or, under [`Trust::Strict`],
/// owns it; or the system's error.
pub fn check_file(
    file: &File,
    path: &Path,
    trust: Trust,
) -> Result<(), TrustError> {
    check_opened((file, &file.metadata()?), path, trust)
}

/// As [`check_file`], with the metadata of the file.
pub(crate) fn check_opened(
    file: (&File, &Metadata),
    path: &Path,
    trust: Trust,
) -> Result<(), TrustError> {
    #[cfg(unix)]
    rule::check_file(file, path, trust)?;
    #[cfg(not(unix))]
    let _ = (file, path, trust);
    Ok(())
}
