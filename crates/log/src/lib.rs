//! Sends what a plugin logs with the `log` crate to its host.
//!
//! A plugin has its own copy of the `log` crate, without a logger and
//! with the level `Off`. So `log::info!` in a plugin prints nothing,
//! whatever the host has installed. [`install`] makes the host the
//! logger of this copy. Only text crosses, no type of the `log` crate.
//!
//! ```
//! use nutshell_plugin::{Logger, Result};
//!
//! fn register(logger: Logger) -> Result {
//!     nutshell_log::install(logger)?;
//!     log::info!("ready");
//!     Ok(())
//! }
//! ```
//!
//! The host decides which levels it keeps, and may change its mind at
//! any time. A line that it does not keep is never formatted.
//!
//! With the feature `tracing`, the function `tracing::install` does the
//! same for the events of the `tracing` crate. A plugin may call both.

#![deny(missing_docs)]

#[cfg(feature = "tracing")]
pub mod tracing;

use log::{LevelFilter, Metadata, Record, SetLoggerError};
use nutshell_plugin::{Level, Logger};

// ANCHOR: install
/// Makes `logger` the backend of this plugin's copy of `log`. The host
/// filters the lines and adds the plugin's name.
///
/// # Errors
/// If this plugin has already installed a logger.
pub fn install(logger: Logger) -> Result<(), SetLoggerError> {
    log::set_boxed_logger(Box::new(ToHost(logger)))?;
    log::set_max_level(LevelFilter::Trace);
    Ok(())
}

struct ToHost(Logger);

impl log::Log for ToHost {
    fn enabled(&self, metadata: &Metadata) -> bool {
        self.0.enabled(level(metadata.level()))
    }

    fn log(&self, record: &Record) {
        self.0.log(level(record.level()), record.args());
    }

    fn flush(&self) {}
}
// ANCHOR_END: install

fn level(level: log::Level) -> Level {
    match level {
        log::Level::Error => Level::Error,
        log::Level::Warn => Level::Warn,
        log::Level::Info => Level::Info,
        log::Level::Debug => Level::Debug,
        log::Level::Trace => Level::Trace,
    }
}
