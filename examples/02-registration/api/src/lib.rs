//! What a plugin and its host share: the types that cross between them,
//! and the code on the plugin's side that keeps the crossing safe.
//!
//! A plugin author needs [`plugin!`], [`Initializer`] and [`Logger`].
//! The rest of the module [`boundary`] is for the host.
//!
//! # The boundary has three rules
//! 1. **Nothing owned crosses.** A plugin has its own allocator, so a
//!    `String` of one side must not be freed by the other. Only borrowed
//!    data, plain enums and `&'static dyn Trait` cross; errors cross as
//!    text, written into a buffer of the side that wants to read it.
//! 2. **A panic is caught on the side that threw it.** A plugin has its
//!    own standard library, and one library's `catch_unwind` aborts on
//!    another's panic. The code in [`shim`] is compiled into the plugin
//!    and catches there.
//! 3. **A plugin is never unloaded.** So its commands may be `'static`.
//!
//! # The descriptor
//! A plugin carries a [`descriptor`] that says which compiler built it,
//! with which settings and which version of this crate. The host reads it
//! from the file and refuses what does not agree with its own.

//! # What no host can stop
//! A plugin is code in the host's process. One that calls
//! `std::process::exit`, aborts, panics while it panics or writes
//! through a wild pointer ends or corrupts the host.

#![deny(missing_docs)]

pub mod boundary;
pub mod descriptor;
mod initializer;
mod logger;
pub mod shim;

pub use boundary::Level;
pub use initializer::{Initializer, Refused};
pub use logger::Logger;

/// What a command returns, and a `register` function may: any error,
/// `anyhow::Error` too, turns into the boxed one with `?`.
pub type Result<T = (), E = BoxError> = std::result::Result<T, E>;

/// An error of any type.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

// ANCHOR: plugin
/// Makes the crate a plugin: exports the two symbols a host looks for.
/// Once in a crate, whose `crate-type` is `["cdylib"]`.
///
/// The argument is a function that takes `&mut Initializer` and
/// `Logger`. It returns [`Result`] or, with any other error type that
/// converts into a boxed error, a result such as `anyhow::Result<()>`.
#[macro_export]
macro_rules! plugin {
    ($register:path) => {
        /// Read by the host from the file, before it is opened.
        // SAFETY: no other symbol of this library has the name, and
        // no other part of it expects anything of the section.
        #[used]
        #[unsafe(no_mangle)]
        #[cfg_attr(
            target_vendor = "apple",
            unsafe(link_section = "__DATA,__plugin")
        )]
        #[cfg_attr(
            not(target_vendor = "apple"),
            unsafe(link_section = ".plugin")
        )]
        pub static PLUGIN_DESCRIPTOR: [u8; $crate::descriptor::SIZE] =
            $crate::describe!();

        /// Called by the host, once.
        // SAFETY: no other symbol of this library has the name.
        #[unsafe(no_mangle)]
        pub fn plugin_register(
            host: &mut dyn $crate::boundary::Host,
            log: &'static dyn $crate::boundary::Log,
            error: &mut dyn ::std::fmt::Write,
        ) -> $crate::boundary::Outcome {
            $crate::shim::register($register, host, log, error)
        }

        const _: $crate::boundary::Register = plugin_register;
    };
}
// ANCHOR_END: plugin
