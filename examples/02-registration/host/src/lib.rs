//! A host that scans a folder, refuses what would crash it, and lets
//! the rest register commands. How a plugin is found, checked and opened
//! is the crate `nutshell_host`; here is what this app does with it.
//!
//! [`load`] leads from a folder to registered plugins, [`registry`]
//! keeps what they offered, [`output`] passes on what a command writes,
//! [`cure`] says what helps against a refusal. `main.rs` is the command
//! line.

pub mod cure;
pub mod load;
pub mod output;
pub mod registry;

pub use load::{Report, load_folder};
