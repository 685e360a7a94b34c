//! All that crosses between host and plugin. Each side implements the
//! traits it answers for: the host [`Host`] and [`Log`], the plugin
//! [`Command`]. A plugin author uses the comfortable forms of them,
//! [`Initializer`](crate::Initializer) and [`Logger`](crate::Logger).

use std::fmt::Write;
use std::path::Path;

// ANCHOR: outcome
/// How a call into the plugin ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Outcome {
    /// It did what it was asked.
    Done,
    /// It returned an error, whose text it has written.
    Failed,
    /// It panicked and caught that, and has written the message.
    Panicked,
}
// ANCHOR_END: outcome

/// How much a line of the log matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names are those of the log crate")]
pub enum Level {
    Error,
    Warn,
    Info,
    Debug,
    Trace,
}

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

/// The host's log, as one plugin sees it. Any thread may call it.
pub trait Log: Send + Sync {
    /// Whether a line of this level would be kept.
    fn enabled(&self, level: Level) -> bool;

    /// Adds a line under the plugin's name.
    fn log(&self, level: Level, message: &str);
}
// ANCHOR_END: traits

// ANCHOR: register
/// The type of the symbol `plugin_register`: registers the plugin with
/// `Host`, or writes what went wrong.
pub type Register =
    fn(&mut dyn Host, &'static dyn Log, &mut dyn Write) -> Outcome;
// ANCHOR_END: register
