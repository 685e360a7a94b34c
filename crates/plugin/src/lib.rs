//! What a plugin and its host share, whatever their interface is.
//!
//! Three crates meet at the boundary. The *interface* crate is yours: it
//! defines the traits that cross, and the macro `plugin!`. Plugins and
//! host depend on it, and it depends on this crate:
//!
//! ```ignore
//! use std::fmt::Write;
//! pub use nutshell_plugin;
//! use nutshell_plugin::{BoxError, Outcome, guard};
//!
//! /// What a plugin can do.
//! pub trait Greeter: Send + Sync {
//!     fn greet(&self, name: &str, out: &mut dyn Write);
//! }
//!
//! nutshell_plugin::interface! {
//!     product: "parrot",
//!     register: fn(&mut dyn Host, &mut dyn Write) -> Outcome,
//! }
//!
//! /// Code that is compiled into each plugin.
//! pub fn register(
//!     author: fn(&mut dyn Host) -> Result<(), BoxError>,
//!     host: &mut dyn Host,
//!     error: &mut dyn Write,
//! ) -> Outcome {
//!     guard(error, || author(host))
//! }
//!
//! #[macro_export]
//! macro_rules! plugin {
//!     ($register:path) => {
//!         $crate::nutshell_plugin::export!($crate, |host, error| {
//!             $crate::register($register, host, error)
//!         });
//!     };
//! }
//! ```
//!
//! # The boundary has three rules
//! 1. **Nothing owned crosses.** A plugin has its own allocator, so a
//!    `String` of one side must not be freed by the other. Only borrowed
//!    data, plain enums and `&'static dyn Trait` cross; errors cross as
//!    text, written into a buffer of the side that wants to read it.
//! 2. **A panic is caught on the side that threw it.** A plugin has its
//!    own standard library, and one library's `catch_unwind` aborts on
//!    another's panic. [`guard`] catches for a plugin, [`never_unwind`]
//!    for what the host offers.
//! 3. **A plugin is never unloaded.** So what it registers may be
//!    `'static`.
//!
//! # The descriptor
//! A plugin carries a [`descriptor`]: the facts of its build, measured
//! while it was compiled. The host reads it from the file and refuses
//! what does not agree with its own facts.
//!
//! # What no host can stop
//! A plugin is code in the host's process. One that calls
//! `std::process::exit`, aborts, panics while it panics or writes
//! through a wild pointer ends or corrupts the host.

#![deny(missing_docs)]

pub mod descriptor;
mod interface;
mod layout;
mod log;
mod outcome;

pub use interface::{Export, Facts, Hook, Interface};
#[doc(hidden)]
pub use layout::hash_numbers;
pub use log::{Level, Log, Logger};
#[doc(hidden)]
pub use nutshell_flags::{codegen_flags, unstable_flags};
pub use outcome::{Outcome, Plain, guard, never_unwind};

/// What a plugin's functions return: any error, `anyhow::Error` too,
/// turns into the boxed one with `?`.
pub type Result<T = (), E = BoxError> = std::result::Result<T, E>;

/// An error of any type.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
