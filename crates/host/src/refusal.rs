//! Why a file was refused: a path, a stable kind for programs, and a
//! sentence for people.

use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};

// ANCHOR: refusal
/// A file that was refused, and why. No other file is affected.
///
/// The text is for people and names no cure: what helps depends on the
/// application, which knows by the [`Kind`]. It may hold characters of
/// the file's author: see [`text::printable`](crate::text::printable).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Refusal {
    /// The file, as the loader was asked for it.
    pub path: PathBuf,
    /// What kind of reason it is.
    pub kind: Kind,
    /// The reason, without the path.
    pub reason: String,
}

/// The kinds of reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// It is a folder, a pipe, a device or a link to nothing.
    NotAFile,
    /// Anybody may write to it, or to what leads to it.
    AnybodyWrites,
    /// Somebody else may write to it or to what leads to it, or owns it.
    Untrusted,
    /// The system does not let it be read.
    Unreadable,
    /// Its headers are not those of a library, or make no sense.
    NotALibrary,
    /// A header points past its end: a part of it is missing.
    CutShort,
    /// It is a library without a descriptor.
    NotAPlugin,
    /// It is a library without a descriptor, for another platform.
    OtherPlatform,
    /// It is a program that takes plugins.
    AHost,
    /// Its descriptor is not in order.
    Damaged,
    /// It is a plugin of another product, or for another interface.
    OtherProduct,
    /// A fact of its build is not that of this program.
    Incompatible,
    /// The processor lacks what it was compiled for.
    Processor,
    /// Its standard library is not its own.
    SharedStd,
    /// A library that it needs was refused.
    Needs,
    /// The loader would give it another library than its own.
    NeedsOther,
    /// Its file has no name, or another plugin has the same.
    Name,
    /// It was replaced or changed since it was read.
    Replaced,
    /// The system's loader does not open it.
    Loader,
    /// It has no register function of its own.
    NoRegister,
    /// Its register function returned an error or panicked.
    Register,
}
// ANCHOR_END: refusal

impl Refusal {
    pub(crate) fn new(
        path: &Path,
        kind: Kind,
        reason: impl Into<String>,
    ) -> Self {
        let (path, reason) = (path.to_owned(), reason.into());
        Self { path, kind, reason }
    }

    /// The same reason, for another name of the file.
    pub(crate) fn at(&self, path: &Path) -> Self {
        Self { path: path.to_owned(), ..self.clone() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.reason)
    }
}

impl Error for Refusal {}
