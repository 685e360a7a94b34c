//! What is wrong with a plugin's place, as a value for programs and as
//! a sentence for people. The sentence names no cure, because only the
//! application knows its own options.

use std::error::Error;
use std::fmt::{self, Display, Formatter};
use std::io;
use std::path::PathBuf;

/// Why a file or folder is not trusted.
///
/// In the sentence, "it" is what the caller named. A folder on the way
/// to it appears with its path.
#[derive(Debug)]
#[non_exhaustive]
pub enum TrustError {
    /// The system did not answer, or found nothing there.
    Io(io::Error),
    /// Somebody else may write to it.
    Writable {
        /// The file or folder whose permissions are wrong: for a
        /// folder, its path without links; for a file, the path that
        /// was given to [`check_file`](super::check_file).
        path: PathBuf,
        /// Who may write.
        by: Writer,
        /// Whether `path` only leads to what the caller named.
        on_the_way: bool,
    },
    /// It belongs neither to root nor to this user.
    Owner {
        /// The file or folder with the wrong owner, as for `Writable`.
        path: PathBuf,
        /// The owner.
        uid: u32,
        /// Whether `path` only leads to what the caller named.
        on_the_way: bool,
    },
}

/// Who may write to a file or folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Writer {
    /// Every user of the system.
    Anybody,
    /// The group that it belongs to, by its id.
    Group(u32),
    /// A user that its access list names, by its id.
    ListedUser(u32),
    /// A group that its access list names, by its id.
    ListedGroup(u32),
}

impl Display for TrustError {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::Writable { path, by, on_the_way } => {
                match by {
                    Writer::Anybody => f.write_str("anybody"),
                    Writer::Group(id) => {
                        write!(f, "its group (gid {id})")
                    }
                    Writer::ListedUser(id) => write!(f, "user {id}"),
                    Writer::ListedGroup(id) => write!(f, "group {id}"),
                }?;
                match on_the_way {
                    false => f.write_str(" may write to it"),
                    true => write!(
                        f,
                        " may write to {}, on the way to it",
                        path.display()
                    ),
                }?;
                match by {
                    Writer::Anybody | Writer::Group(_) => Ok(()),
                    Writer::ListedUser(_) | Writer::ListedGroup(_) => {
                        f.write_str(", by an access list")
                    }
                }
            }
            Self::Owner { path, uid, on_the_way } => {
                match on_the_way {
                    false => f.write_str("it"),
                    true => {
                        write!(
                            f,
                            "{}, on the way to it,",
                            path.display()
                        )
                    }
                }?;
                write!(
                    f,
                    " belongs to user {uid}, \
                     not to root or to this user"
                )
            }
        }
    }
}

impl Error for TrustError {}

impl From<io::Error> for TrustError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
