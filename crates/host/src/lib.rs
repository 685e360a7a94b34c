//! Finds plugins in a folder, refuses those that do not fit before any
//! of their code runs, and lets the others register.
//!
//! The interface between host and plugins is a crate of yours, made
//! with [`nutshell_plugin`]. Whatever its traits are, five steps lead
//! from a folder to what its plugins offer, here to a `menu`:
//!
//! ```
//! use nutshell_host::nutshell_plugin::Outcome;
//! use nutshell_host::{Candidate, Loaded, Loader, Refusal, Trust};
//!
//! # mod tea_api {
//! #     use nutshell_host::nutshell_plugin::{self, Facts, Outcome};
//! #     pub struct Menu;
//! #     pub struct Interface;
//! #     // SAFETY: nothing is loaded with it, the folder is empty.
//! #     unsafe impl nutshell_plugin::Interface for Interface {
//! #         type Register = fn(&mut Menu) -> Outcome;
//! #         const FACTS: Facts = Facts {
//! #             product: "tea room",
//! #             name: "tea-api",
//! #             version: "",
//! #             features: "",
//! #             source: "",
//! #             cfg: &[],
//! #             rustc: "",
//! #             target: "",
//! #             layout: 0,
//! #             unstable_flags: "",
//! #             codegen_flags: "",
//! #             opt_level: "",
//! #             target_features: &[],
//! #         };
//! #     }
//! # }
//! # use tea_api::Menu;
//! /// # Safety
//! /// Whoever can write to the file may run code in this process.
//! unsafe fn load(
//!     file: &Candidate,
//!     loader: &mut Loader,
//!     menu: &mut Menu,
//! ) -> Result<Loaded, Refusal> {
//!     let found = loader.inspect(file)?;
//!     let checked = loader.check::<tea_api::Interface>(found)?;
//!     // None of its code has run until here.
//!     // SAFETY: the caller trusts whoever can write to the file.
//!     let opened = unsafe { loader.open(checked) }?;
//!     loader.register(opened, |register, plugin| {
//!         match register(menu) {
//!             Outcome::Done => Ok(()),
//!             _ => Err(format!("no tea from {}", plugin.name())),
//!         }
//!     })
//! }
//!
//! # fn main() -> Result<(), Refusal> {
//! # let folder = tempfile::tempdir().expect("a folder");
//! # let folder = folder.path();
//! # let mut menu = Menu;
//! let mut loader = Loader::new(Trust::default());
//! # // The umask may let anybody write to the test's folder.
//! # loader = Loader::new(Trust::Anyone);
//! for file in loader.scan(folder)? {
//!     // SAFETY: whoever can write to the folder is trusted.
//!     let loaded = unsafe { load(&file, &mut loader, &mut menu) };
//!     if let Err(refusal) = loaded {
//!         let shown = nutshell_host::text::printable(refusal);
//!         eprintln!("{shown}");
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! [`Loader::load`] takes the last four of these steps in one call.
//!
//! # What the loader promises
//! Make one [`Loader`] for the process, for any number of folders and
//! interfaces.
//! - The result is [`Loaded::Registered`], [`Loaded::Before`] or a
//!   [`Refusal`]: the path, a stable [`Kind`] for programs, and a
//!   reason for people.
//! - A file registers once, whatever names and links lead to it.
//! - A plugin whose register function failed, panicked or never
//!   returned is refused again under every name, for the same reason.
//!   Its name is free for another plugin.
//! - Of two plugins with the same name, the second is refused.
//! - A file that takes the place of a loaded plugin is refused, as is a
//!   loaded file that was written to. What is loaded goes on working.
//! - To reload without a restart, load a [copy](Loader::copy): it is the
//!   plugin's next generation if it registers. The generation before it
//!   stays in memory, and stays in place if the new one is refused.
//! - Nothing is ever unloaded, so what a plugin registers may be
//!   `'static`.
//!
//! # Which step refuses what
//! - [`scan`](Loader::scan): a folder that others may write to, or that
//!   cannot be read.
//! - [`inspect`](Loader::inspect): a file that others may write to,
//!   that is cut short or not a library, or whose descriptor is missing
//!   or damaged.
//! - [`check`](Loader::check): a plugin of another product or for
//!   another interface, before anything else is compared. Then another
//!   version, source or layout of the interface, another set of its
//!   features, another compiler, target, panic strategy or unstable
//!   flag. Then instructions that this processor lacks, a shared
//!   standard library, and a plugin that needs a library which would
//!   be refused itself. [`rule`] tells which fields must match.
//! - [`open`](Loader::open): a name that is taken or cannot be seen, a
//!   file that the system's loader does not open or that was replaced
//!   meanwhile, and a plugin that would get another library than the
//!   one it brings.
//! - [`register`](Loader::register): a plugin for which your closure
//!   returns an error.
//!
//! Two kinds of hosts do not compile. One is built with
//! `panic = "abort"`, so that a panic in any plugin ends the process;
//! the feature `panic-abort` accepts this. The other is linked
//! statically, so that its `dlopen` would load a second C library or
//! does not exist.
//!
//! # What no host can stop
//! A plugin is code in your process. It may exit, abort, panic during a
//! panic, use up the memory or write through a wild pointer, and its
//! constructors run as soon as it is opened. A descriptor is text that
//! anybody can write: the checks find mistakes, and permissions decide
//! [whom you trust](Trust). A plugin that you do not trust belongs in
//! another process, or in a sandbox such as WebAssembly.
//!
//! # Which systems
//! Linux, with the GNU C library or musl, both linked dynamically;
//! macOS; and Windows, where permissions are not checked. On Linux, a
//! plugin is opened through the handle by which it was read, unless it
//! needs a library by another name than that library's own. Otherwise a
//! plugin is opened by its path. On Windows nobody can replace the file
//! meanwhile; elsewhere the loader then checks that it is the same one.
//! [`inspect()`] reads ELF, PE and Mach-O files on every system.

#![deny(missing_docs)]

#[cfg(not(any(panic = "unwind", feature = "panic-abort")))]
compile_error!(
    "a host that is built with panic = \"abort\" ends with the first \
     panic, of its own or of any plugin: build it with panic = \
     \"unwind\", or accept that by the feature `panic-abort`"
);

#[cfg(all(target_feature = "crt-static", target_env = "gnu", unix))]
compile_error!(
    "a statically linked host cannot load plugins: dlopen would load a \
     second C library beside the host's own, and crash: build it without \
     -Ctarget-feature=+crt-static"
);

#[cfg(all(target_feature = "crt-static", target_env = "musl"))]
compile_error!(
    "a statically linked host cannot load plugins: musl has no dlopen for \
     it: build it with -Ctarget-feature=-crt-static"
);

mod check;
mod copy;
mod descriptor;
mod inspect;
mod loader;
mod log;
mod needs;
mod open;
mod paths;
mod phrase;
mod processor;
pub mod read;
mod refusal;
mod register;
mod scan;
mod search;
mod system;
pub mod text;
pub mod trust;
mod verify;

pub use check::{Checked, Rule, rule};
pub use descriptor::Descriptor;
#[doc(hidden)]
pub use descriptor::{ACCEPTS_ABORT, own_build};
pub use inspect::{Inspected, inspect};
pub use loader::Loader;
pub use log::PluginLog;
pub use needs::Need;
pub use nutshell_plugin;
pub use open::{Opened, Plugin};
pub use refusal::{Kind, Refusal};
pub use register::Loaded;
pub use scan::{Candidate, plugin_name};
pub use trust::Trust;
