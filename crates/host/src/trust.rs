//! Who may write to a plugin's file: whoever may, may do whatever this
//! process may do. The file, its folder and every folder that leads to
//! it are looked at, links step by step. What the file system answers
//! is believed: one that a user mounted may answer anything. Windows:
//! nothing is checked, its access lists are not read.

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
/// Whom a plugin's file is taken from.
///
/// "This user" is the effective user of the process. On Linux the
/// POSIX access lists count; NFSv4's and those of macOS are not seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trust {
    /// Others may not write: neither to the file, nor to its folder,
    /// nor to a folder that is passed on the way. An access list that
    /// lets another user, or any group, write counts as others. On the
    /// way, but not for the file's own folder, a sticky folder is safe
    /// where the next step belongs to root or to this user.
    ///
    /// Owners and owning groups are trusted, because mounts in
    /// containers belong to whom they like, and many systems give each
    /// user a group.
    #[default]
    NoOthers,
    /// In addition, each of these belongs to root or to this user, and
    /// its group may not write. As in OpenSSH's `StrictModes`, a
    /// sticky folder is no exception: nothing below `/tmp` passes.
    Strict,
    /// Nothing is checked: for file systems that know no permissions
    /// and show all of them as given.
    Anyone,
}
// ANCHOR_END: trust

/// A folder that passed [`resolve_folder`]: for a file in it, only the
/// last step remains to be checked.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
    trust: Trust,
}

/// Checks the way to a file, and gives back its path without links.
///
/// The file's own permissions are those of [`check_file`], because
/// they are to be asked of the file that is open.
///
/// Each folder that the system passes through is checked, also those
/// of links, since whoever may write there decides where the path
/// leads. The folder of the file and that of the link that was named
/// have to keep others out even if they are sticky.
///
/// On Windows the absolute path is given back, whether or not there is
/// such a file, and links stay.
///
/// # Errors
/// The first step that somebody else may exchange; or what the system
/// says if the path leads nowhere, passes more than 40 links, or ends
/// in no name.
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

/// Checks a folder of plugins and the way to it. The folder itself has
/// to keep others out even if it is sticky.
///
/// On Windows the path is made absolute, and nothing else is done.
///
/// # Errors
/// As [`resolve`]; also if there is something else than a folder.
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
    /// The folder's path, absolute and (but for Windows) without links.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it was checked by, and what its files are checked by.
    pub fn trust(&self) -> Trust {
        self.trust
    }

    /// Checks the last step to a file in this folder, and gives back
    /// its path as [`resolve`] does. For a file that is one `lstat`; a
    /// link's target is walked in full, from the root if it says so.
    ///
    /// What was found out about the folder is not asked again: call
    /// [`resolve_folder`] anew for each scan.
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

/// Checks the permissions of a file, as the open file has them: `path`
/// serves only to name it in the error.
///
/// On Windows nothing is checked.
///
/// # Errors
/// If somebody else may write to it, or, under [`Trust::Strict`], it
/// belongs to somebody else; or what the system says if it does not
/// answer.
pub fn check_file(
    file: &File,
    path: &Path,
    trust: Trust,
) -> Result<(), TrustError> {
    check_opened((file, &file.metadata()?), path, trust)
}

/// The same, with the metadata of the file.
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
