//! A library that logs with `tracing`.

use nutshell_plugin::{Log, Logger};

/// Installs a logger, if it is handed one, and logs.
// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn run(log: Option<&'static dyn Log>) {
    if let Some(log) = log {
        nutshell_log::tracing::install(Logger::new(log)).unwrap();
    }
    tracing::info!("of the plugin");
}
