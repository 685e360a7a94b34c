//! The reader of libraries, against files of all formats, and such as
//! were cut, changed or never meant for it. A test program of its own,
//! because its allocator counts how much memory the reader takes.

use std::alloc::System;
use std::sync::{Mutex, MutexGuard};

use cap::Cap;
use nutshell_host::read::{self, Library, ReadError};

mod change;
mod cuts;
mod formats;
mod hostile;
#[cfg(target_os = "linux")]
mod machine;
mod make;
mod support;

use support::Counted;

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

/// One test at a time, so that each counts its own memory only.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(|error| error.into_inner())
}

/// Reads within the limits that hold for every file: a larger one ends
/// the test program.
fn read_within(source: &Counted<'_>) -> Result<Library, ReadError> {
    source.forget();
    let before = ALLOCATOR.allocated();
    ALLOCATOR.set_limit(before + (64 << 20)).expect("a limit");
    let library = read::read_from(source);
    ALLOCATOR.set_limit(usize::MAX).expect("no limit");
    assert!(source.bytes() <= 8 << 20, "{} bytes", source.bytes());
    assert!(source.reads() <= 2 << 10, "{} reads", source.reads());
    library
}

fn read_bytes(bytes: &[u8]) -> Result<Library, ReadError> {
    read_within(&Counted::new(&bytes))
}

fn error_of(read: Result<Library, ReadError>) -> String {
    read.expect_err("it must not be read").to_string()
}
