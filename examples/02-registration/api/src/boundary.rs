//! All that crosses between host and plugin. Each side implements the
//! traits it answers for: the host [`Host`], the plugin [`Command`]. A
//! plugin author uses a comfortable form,
//! [`Initializer`](crate::Initializer).

use std::fmt::Write;
use std::path::Path;

use nutshell_plugin::Outcome;

// ANCHOR: traits
/// What the host offers a plugin while that registers.
pub trait Host {
    /// The name under which the host knows the plugin.
    fn plugin(&self) -> &str;

    /// The folder that the plugin was found in.
    fn folder(&self) -> &Path;

    /// Takes a command in; `false`: refused, and `refusal` says why.
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
    /// Runs with these words; the result goes to `out`, what went wrong
    /// to `error`. Never panics: see [`crate::shim`].
    fn run(
        &self,
        words: &[&str],
        out: &mut dyn Write,
        error: &mut dyn Write,
    ) -> Outcome;
}
// ANCHOR_END: traits
