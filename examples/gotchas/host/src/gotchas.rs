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
    /// What somebody expects who does not know of it.
    pub right: &'static str,
    /// Whether the language leaves open what happens instead.
    pub undefined: bool,
    /// Whether it is known to happen on Linux only.
    pub linux: bool,
    /// A host that does nothing about it; runs in a child process.
    pub unguarded: fn() -> Result<String>,
    /// The same mistake, handed to Example 2's host.
    pub guarded: fn() -> Result<Verdict>,
    /// Why that host does as it does, in a line.
    pub because: &'static str,
}

/// All of them, in the order of the book.
pub fn all() -> impl Iterator<Item = &'static Gotcha> {
    iter::empty()
        .chain(compiler::GOTCHAS)
        .chain(copies::GOTCHAS)
        .chain(process::GOTCHAS)
        .chain(unloading::GOTCHAS)
        .chain(loading::GOTCHAS)
}
