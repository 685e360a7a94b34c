//! A darkroom: a host whose plugins offer filters for pictures. The
//! crate `nutshell_host` finds, checks and opens plugins; this crate is
//! what the darkroom does with them.
//!
//! [`load`] leads from a folder to the [`filters`] of its plugins,
//! [`old`] makes those of interface version 1 look like the others.
//! [`steps`] reads what the user wants, [`develop`] does it, [`picture`]
//! reads and writes the files, [`room`] keeps the plugins of a folder,
//! and [`text`] is the way to the terminal. `main.rs` is the command
//! line, and `watch.rs` does it all again when a plugin is rebuilt.

pub mod develop;
pub mod filters;
pub mod load;
pub mod old;
pub mod picture;
pub mod room;
pub mod steps;
pub mod text;
