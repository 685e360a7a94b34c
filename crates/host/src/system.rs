//! All that differs between systems, behind functions of one name: how
//! a file is opened without waiting, which file it is, and how the
//! system's loader is asked to open that file and no other.

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

/// Which file it is, and in which state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Identity {
    /// The device and the file's number on it.
    pub file: (u64, u64),
    /// What changes whenever the file is written: its size and the time.
    pub state: (u64, [i64; 2]),
}

/// Why the system's loader has not opened a library, or not that one.
pub enum OpenError {
    /// What the system says.
    System(String),
    /// It has opened another file.
    Replaced,
}
