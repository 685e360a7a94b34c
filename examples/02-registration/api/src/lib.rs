//! What the app and its plugins share: the traits that cross between
//! them, and what a plugin author needs to write `register`.
//!
//! A plugin author needs [`plugin!`], [`Initializer`] and [`Logger`].
//! The module [`boundary`] is for the host. The crate
//! [`nutshell_plugin`] makes the crossing safe; its documentation has
//! the three rules of the boundary.

#![deny(missing_docs)]

pub mod boundary;
mod initializer;
pub mod shim;

pub use nutshell_plugin;
pub use nutshell_plugin::{BoxError, Level, Logger, Result};

pub use initializer::{Initializer, Refused};

// ANCHOR: interface
use std::fmt::Write;

use boundary::Host;
use nutshell_plugin::{Log, Outcome};

nutshell_plugin::interface! {
    product: "app",
    // ANCHOR: register
    register: fn(&mut dyn Host, &'static dyn Log, &mut dyn Write)
        -> Outcome,
    // ANCHOR_END: register
}
// ANCHOR_END: interface

// ANCHOR: plugin
/// Makes the crate a plugin: exports the two symbols a host looks for.
/// Call it once in a crate whose `crate-type` is `["cdylib"]`.
///
/// The argument is a function that takes `&mut Initializer` and
/// `Logger`. It returns [`Result`], or a result with any other error
/// type that converts into a boxed error, such as `anyhow::Result<()>`.
#[macro_export]
macro_rules! plugin {
    ($register:path) => {
        $crate::nutshell_plugin::export!($crate, |host, log, error| {
            $crate::shim::register($register, host, log, error)
        });
    };
}
// ANCHOR_END: plugin
