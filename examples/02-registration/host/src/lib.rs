//! A host that scans a folder, refuses what would crash it, and lets
//! the rest register commands. The crate `nutshell_host` finds, checks
//! and opens plugins; this crate is what the app does with them.
//!
//! [`load`] leads from a folder to registered plugins, [`registry`]
//! keeps the commands that they offer, [`output`] passes on what a
//! command writes, [`cure`] adds a cure to a refusal. `main.rs` is the
//! command line.

pub mod cure;
pub mod load;
pub mod output;
pub mod registry;

pub use load::{Report, load_folder};
