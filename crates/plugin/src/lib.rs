//! What a plugin and its host share, whatever their interface is.
//!
//! Three crates meet at the boundary: the host, the plugin, and between
//! them an *interface* crate. You write it: it defines the traits that
//! cross, and the macro `plugin!`. Plugins and host depend on your
//! interface crate, and your interface crate depends on this one:
//!
//! ```
//! # // So that rustdoc adds no such line with the name.
//! # extern crate nutshell_plugin as _;
//! use std::fmt::Write;
//!
//! pub use nutshell_plugin::{self, BoxError, Result};
//! use nutshell_plugin::{Outcome, Plain, guard};
//!
//! /// A writer that belongs to the other side.
//! pub type Out<'a> = &'a mut dyn Write;
//!
//! /// What a plugin author implements. It may fail and panic.
//! pub trait Parrot: Send + Sync + 'static {
//!     fn speak(&self, words: &str, out: Out) -> Result;
//! }
//!
//! /// A parrot as it crosses: every end of a call is an outcome.
//! pub trait Voice: Send + Sync {
//!     fn speak(&self, words: &str, out: Out, error: Out) -> Outcome;
//! }
//!
//! /// What the host offers while a plugin registers.
//! pub trait Host {
//!     fn take(&mut self, voice: &'static dyn Voice);
//! }
//!
//! nutshell_plugin::interface! {
//!     product: "aviary",
//!     register: fn(&mut dyn Host, Out) -> Outcome,
//! }
//!
//! impl dyn Host + '_ {
//!     /// Offers a parrot, for as long as the process lives.
//!     pub fn offer(&mut self, parrot: impl Parrot) {
//!         self.take(Box::leak(Box::new(Guarded(parrot))));
//!     }
//! }
//!
//! /// Code of the interface that is compiled into each plugin.
//! struct Guarded<P>(P);
//!
//! impl<P: Parrot> Voice for Guarded<P> {
//!     fn speak(&self, words: &str, out: Out, error: Out) -> Outcome {
//!         guard(error, || self.0.speak(words, &mut Plain(out)))
//!     }
//! }
//!
//! pub fn register(
//!     author: fn(&mut dyn Host) -> Result,
//!     host: &mut dyn Host,
//!     error: Out,
//! ) -> Outcome {
//!     guard(error, || author(host))
//! }
//!
//! #[macro_export]
//! macro_rules! plugin {
//!     ($register:expr) => {
//!         $crate::nutshell_plugin::export!($crate, |host, error| {
//!             $crate::register($register, host, error)
//!         });
//!     };
//! }
//! # fn main() {
//! #     use nutshell_plugin::Interface as _;
//! #     assert_eq!(Interface::FACTS.product, "aviary");
//! #     struct Polly;
//! #     impl Parrot for Polly {
//! #         fn speak(&self, words: &str, out: Out) -> Result {
//! #             Ok(write!(out, "{words}, {words}!")?)
//! #         }
//! #     }
//! #     struct Aviary(Vec<&'static dyn Voice>);
//! #     impl Host for Aviary {
//! #         fn take(&mut self, voice: &'static dyn Voice) {
//! #             self.0.push(voice);
//! #         }
//! #     }
//! #     let mut aviary = Aviary(vec![]);
//! #     let (mut out, mut error) = (String::new(), String::new());
//! #     let author: fn(&mut dyn Host) -> Result = |host| {
//! #         host.offer(Polly);
//! #         Ok(())
//! #     };
//! #     register(author, &mut aviary, &mut error);
//! #     aviary.0[0].speak("hello", &mut out, &mut error);
//! #     assert_eq!((&*out, &*error), ("hello, hello!", ""));
//! # }
//! ```
//!
//! The interface's `build.rs` is one call,
//! `nutshell_build::describe("src")`, which measures the build. A
//! plugin is a crate of the type `cdylib`, without any `unsafe` code:
//!
//! ```
//! # mod aviary {
//! #     pub use nutshell_plugin::Result;
//! #     pub trait Parrot: 'static {
//! #         fn speak(&self, words: &str, out: Out) -> Result;
//! #     }
//! #     pub trait Host {}
//! #     impl dyn Host + '_ {
//! #         pub fn offer(&mut self, _: impl Parrot) {}
//! #     }
//! #     pub type Out<'a> = &'a mut dyn std::fmt::Write;
//! #     macro_rules! plugin {
//! #         ($register:path) => {
//! #             const _: fn(&mut dyn Host) -> Result = $register;
//! #         };
//! #     }
//! #     pub(crate) use plugin;
//! # }
//! use aviary::{Host, Out, Parrot, Result};
//!
//! struct Polly;
//!
//! impl Parrot for Polly {
//!     fn speak(&self, words: &str, out: Out) -> Result {
//!         Ok(write!(out, "{words}, {words}!")?)
//!     }
//! }
//!
//! fn register(host: &mut dyn Host) -> Result {
//!     host.offer(Polly);
//!     Ok(())
//! }
//!
//! aviary::plugin!(register);
//! ```
//!
//! The host loads plugins with `nutshell-host`. Its `tests/toy` is a
//! whole product of this form: about ninety lines for the interface,
//! forty for the host and twenty for a plugin.
//!
//! # The boundary has three rules
//! 1. **Nothing owned crosses.** A plugin has its own allocator, so a
//!    `String` of one side must not be freed by the other. Only borrowed
//!    data, plain enums and `&'static dyn Trait` cross; errors cross as
//!    text, written into a buffer of the side that wants to read it.
//! 2. **A panic is caught on the side that threw it.** A plugin has its
//!    own standard library, and one library's `catch_unwind` aborts on
//!    another's panic. [`guard`] catches the panics of a plugin,
//!    [`never_unwind`] those of what the host offers.
//! 3. **A plugin is never unloaded.** So what it registers may be
//!    `'static`.
//!
//! A method that returns a string may panic, too. So call the author's
//! method once, on the plugin's side, while the plugin registers, and
//! let the method that crosses return the string that was kept. Wrap
//! what the host lends to a plugin, such as a progress callback, on the
//! host's side, in [`never_unwind`]. Otherwise its panic ends the
//! process: "Rust cannot catch foreign exceptions".
//!
//! # The descriptor
//! A plugin carries a [`descriptor`]: the facts of its build, measured
//! while it was compiled. The host reads the descriptor from the file,
//! and refuses the plugin if the facts do not match its own, before any
//! code of the plugin runs. This check finds mistakes, not malice: a
//! descriptor is text that anybody can write.
//!
//! # What no host can stop
//! A plugin is code in the host's process. It ends or corrupts the host
//! if it calls `std::process::exit`, aborts, panics during a panic or
//! writes through a wild pointer.

#![deny(missing_docs)]

mod checks;
pub mod descriptor;
mod interface;
mod layout;
mod log;
mod outcome;
mod panics;
mod text;

#[doc(hidden)]
pub use checks::check_interface;
pub use interface::{Export, Facts, Hook, Interface};
#[doc(hidden)]
pub use layout::hash_numbers;
pub use log::{Level, Log, Logger};
#[doc(hidden)]
pub use nutshell_flags::{codegen_flags, unstable_flags};
pub use outcome::{Outcome, Plain, guard, never_unwind};
pub use panics::silence_panics;

/// What a plugin's functions return. The operator `?` turns any error,
/// even an `anyhow::Error`, into the boxed one.
pub type Result<T = (), E = BoxError> = std::result::Result<T, E>;

/// An error of any type.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
