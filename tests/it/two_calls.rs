//! The two calls of Example 1 with all their types. If libloading
//! changes a signature, this file no longer compiles.

#![expect(dead_code, reason = "being compiled is its whole job")]

use std::path::Path;

use libloading::{Error, Library, Symbol};

// ANCHOR: calls
trait TwoCalls: Sized {
    /// `Library::new`, the counterpart of `plugin.Open`.
    unsafe fn new(file: &Path) -> Result<Self, Error>;

    /// `Library::get`, the counterpart of `Lookup`.
    unsafe fn get<T>(&self, name: &str)
    -> Result<Symbol<'_, T>, Error>;
}
// ANCHOR_END: calls

impl TwoCalls for Library {
    unsafe fn new(file: &Path) -> Result<Self, Error> {
        // SAFETY: the caller trusts the library's constructors.
        unsafe { Library::new(file) }
    }

    unsafe fn get<T>(
        &self,
        name: &str,
    ) -> Result<Symbol<'_, T>, Error> {
        // SAFETY: the caller knows that the symbol has the type `T`.
        unsafe { Library::get(self, name) }
    }
}
