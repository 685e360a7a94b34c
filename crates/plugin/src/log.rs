//! The host's log, for interfaces that hand it to their plugins.

use std::fmt::Display;
use std::panic;

use crate::outcome::panic_text;

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

// ANCHOR: trait
/// The host's log, as one plugin sees it. Any thread may call it.
pub trait Log: Send + Sync {
    /// Whether a line of this level would be kept.
    fn enabled(&self, level: Level) -> bool;

    /// Adds a line under the plugin's name.
    fn log(&self, level: Level, message: &str);
}
// ANCHOR_END: trait

// ANCHOR: logger
/// A plugin's handle to the host's log. Copy it, keep it, pass it to
/// threads: it stays valid until the process ends.
#[derive(Clone, Copy)]
pub struct Logger {
    log: &'static dyn Log,
}
// ANCHOR_END: logger

impl Logger {
    /// Makes a logger from the log that the host has handed over.
    pub fn new(log: &'static dyn Log) -> Self {
        Self { log }
    }

    /// Whether the host keeps lines of this level.
    pub fn enabled(&self, level: Level) -> bool {
        self.log.enabled(level)
    }

    // ANCHOR: send
    /// Logs a text or `format_args!(…)`, if the host keeps this level.
    pub fn log(&self, level: Level, message: impl Display) {
        if self.enabled(level) {
            // Made into text here: the plugin's `Display` may panic.
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

    // ANCHOR: panics
    /// Sends this plugin's panics to the host's log, instead of the
    /// message that its standard library would print. The hook belongs
    /// to the plugin's standard library and sees no panic of the host.
    pub fn log_panics(self) {
        panic::set_hook(Box::new(move |info| {
            let text = panic_text(info.payload());
            match info.location() {
                Some(at) => {
                    self.error(format_args!(
                        "panicked at {at}: {text}"
                    ));
                }
                None => self.error(format_args!("panicked: {text}")),
            }
        }));
    }
    // ANCHOR_END: panics
}
