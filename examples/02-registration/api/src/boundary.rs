//! The traits that cross between host and plugin. The host implements
//! [`Host`], the plugin [`Command`]. Plugin authors use a more
//! convenient form, [`Initializer`](crate::Initializer).

use std::fmt::Write;
use std::path::Path;

use nutshell_plugin::Outcome;

// ANCHOR: traits
/// What the host offers a plugin while the plugin registers.
pub trait Host {
    /// The name under which the host knows the plugin.
    fn plugin(&self) -> &str;

    /// The folder that the plugin was found in.
    fn folder(&self) -> &Path;

    /// Registers a command. If the host refuses it, returns `false` and
    /// writes the reason to `refusal`.
    fn command(
        &mut self,
        name: &str,
        help: &str,
        command: &'static dyn Command,
        refusal: &mut dyn Write,
    ) -> bool;
}

/// A command of a plugin, for the host to run as often as it likes.
pub trait Command: Send + Sync {
    /// Runs with these words. Writes the result to `out`, and what went
    /// wrong to `error`. Never panics: see [`crate::shim`].
    fn run(
        &self,
        words: &[&str],
        out: &mut dyn Write,
        error: &mut dyn Write,
    ) -> Outcome;
}
// ANCHOR_END: traits
