//! The plugin author's side of [`Log`].

use std::fmt::Display;

use crate::boundary::{Level, Log};

// ANCHOR: log
/// The host's log. Copy it, keep it, hand it to threads: it stays valid
/// until the process ends. The host adds the plugin's name to each line.
#[derive(Clone, Copy)]
pub struct Logger {
    log: &'static dyn Log,
}
// ANCHOR_END: log

impl Logger {
    pub(crate) fn new(log: &'static dyn Log) -> Self {
        Self { log }
    }

    /// Whether the host keeps lines of this level.
    pub fn enabled(&self, level: Level) -> bool {
        self.log.enabled(level)
    }

    // ANCHOR: send
    /// Logs a text or `format_args!(…)`, if the host keeps the level.
    pub fn log(&self, level: Level, message: impl Display) {
        if self.enabled(level) {
            // Made into text here: the message is the plugin's own.
            self.log.log(level, &message.to_string());
        }
    }
    // ANCHOR_END: send

    /// Logs at [`Level::Error`].
    pub fn error(&self, message: impl Display) {
        self.log(Level::Error, message);
    }

    /// Logs at [`Level::Warn`].
    pub fn warn(&self, message: impl Display) {
        self.log(Level::Warn, message);
    }

    /// Logs at [`Level::Info`].
    pub fn info(&self, message: impl Display) {
        self.log(Level::Info, message);
    }

    /// Logs at [`Level::Debug`].
    pub fn debug(&self, message: impl Display) {
        self.log(Level::Debug, message);
    }

    /// Logs at [`Level::Trace`].
    pub fn trace(&self, message: impl Display) {
        self.log(Level::Trace, message);
    }
}
