//! All that differs between systems, behind functions of the same
//! names: how to open a file without waiting, how to tell which file it
//! is, and how to have the system's loader open this file and no other.

#[cfg(unix)]
mod needed;
#[cfg(unix)]
pub use needed::*;

#[cfg(unix)]
mod unix;
#[cfg(unix)]
pub use unix::*;

#[cfg(target_os = "linux")]
mod linux;

#[cfg(windows)]
mod windows;
#[cfg(windows)]
pub use windows::*;

/// Which file something is, and in which state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Identity {
    /// The device and the file's number on it.
    pub file: (u64, u64),
    /// Its size and the time of its last change.
    pub state: (u64, [i64; 2]),
}

/// Why the system's loader has not opened the library that it should.
pub enum OpenError {
    /// The system's message.
    System(String),
    /// The loader has opened another file.
    Replaced,
}
