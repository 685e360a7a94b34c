//! What a gotcha is, and the list of all.

use std::iter;

use anyhow::Result;

use crate::guarded::Verdict;
use crate::{compiler, copies, loading, process, unloading};

/// One row of the table.
pub struct Gotcha {
    pub name: &'static str,
    /// What it is, in a line.
    pub what: &'static str,
    /// What somebody who does not know of it expects.
    pub right: &'static str,
    /// Whether the language leaves open what happens instead.
    pub undefined: bool,
    /// Why it is tried on Linux with glibc only, if it is.
    pub elsewhere: Option<&'static str>,
    /// A host that does nothing about it; runs in a child process.
    pub unguarded: fn() -> Result<String>,
    /// The same mistake, handed to Example 2's host.
    pub guarded: fn() -> Result<Verdict>,
    /// Why that host does as it does, in a line.
    pub because: &'static str,
}

/// The first word of an outcome that nobody has tried; a reason follows.
pub const SKIPPED: &str = "skipped: ";

/// What rows and programs say if they are not tried here.
pub const NOT_HERE: &str = "skipped: needs Linux with glibc";
pub const IS_LINUX: bool =
    cfg!(all(target_os = "linux", target_env = "gnu"));

/// All of them, in the order of the book.
pub fn all() -> impl Iterator<Item = &'static Gotcha> {
    iter::empty()
        .chain(compiler::GOTCHAS)
        .chain(copies::GOTCHAS)
        .chain(process::GOTCHAS)
        .chain(unloading::GOTCHAS)
        .chain(loading::GOTCHAS)
}
