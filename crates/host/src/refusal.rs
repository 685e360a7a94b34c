//! Why a file was refused: a path, a stable kind for programs, and a
//! sentence for people.

use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};

// ANCHOR: refusal
/// A file that was refused, and why. No other file is affected.
///
/// The reason is for people and names no cure: what helps depends on
/// the application, which can choose a cure by the [`Kind`]. The text
/// may contain control characters from the file or its name: see
/// [`text::printable`](crate::text::printable).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Refusal {
    /// The path of the file, as it was given to the loader.
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
    /// It is a folder, a pipe, a socket or a device.
    NotAFile,
    /// Anybody may write to it, or to a folder that leads to it.
    AnybodyWrites,
    /// Some other user or group may write to it or to a folder that
    /// leads to it, or another user owns one of these.
    Untrusted,
    /// The system cannot read it; perhaps it is a link to nothing.
    Unreadable,
    /// Its headers are not those of a library, or make no sense.
    NotALibrary,
    /// A header points past its end: a part of it is missing.
    CutShort,
    /// It is a library without a descriptor.
    NotAPlugin,
    /// It is a library without a descriptor, for another platform.
    OtherPlatform,
    /// It is not a plugin, but a program that takes plugins.
    AHost,
    /// Its descriptor is damaged.
    Damaged,
    /// It is a plugin of another product, or for another interface.
    OtherProduct,
    /// A fact of its build does not match this program's.
    Incompatible,
    /// The processor lacks a feature that it was compiled for.
    Processor,
    /// It shares its standard library with others.
    SharedStd,
    /// A library that it needs was refused.
    Needs,
    /// The loader would give it another library than the one it brings.
    NeedsOther,
    /// Its file has no name that can be seen, or another plugin has it.
    Name,
    /// It was replaced or changed since it was read or loaded.
    Replaced,
    /// The system's loader does not open it.
    Loader,
    /// It does not have its own register function.
    NoRegister,
    /// No private copy of it could be made.
    Copy,
    /// Its register function failed, did not return or was not called.
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
