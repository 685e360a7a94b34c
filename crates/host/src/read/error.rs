//! Why a file cannot be read as a library, in words that follow its
//! name: `libvoice.so: it is cut short; copy it again`.

use std::error::Error;
use std::fmt::{self, Display};
use std::io;

/// Why [`read`](super::read) failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReadError {
    /// It is another kind of file. The text says what is wrong.
    NotALibrary(String),
    /// A header points past the end of the file.
    CutShort,
    /// The headers contradict each other, or are too large. The text
    /// says how.
    Damaged(String),
    /// The system could not read the file.
    Io(io::Error),
}

impl ReadError {
    pub(super) fn not_a_library(reason: &str) -> Self {
        Self::NotALibrary(reason.to_owned())
    }

    pub(super) fn unknown() -> Self {
        Self::not_a_library("Unknown file magic")
    }

    pub(super) fn damaged(reason: &str) -> Self {
        Self::Damaged(reason.to_owned())
    }
}

impl Display for ReadError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotALibrary(reason) => {
                write!(out, "not a library: {reason}")
            }
            Self::CutShort => {
                out.write_str("it is cut short; copy it again")
            }
            Self::Damaged(reason) => {
                write!(out, "its headers are damaged: {reason}")
            }
            Self::Io(error) => {
                write!(out, "it cannot be read: {error}")
            }
        }
    }
}

impl Error for ReadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            _ => None,
        }
    }
}

/// A file that became shorter while it was read is cut short, too.
impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::CutShort,
            _ => Self::Io(error),
        }
    }
}
