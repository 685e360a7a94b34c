//! The program's log for a plugin: each line carries the plugin's name.

use nutshell_plugin::{Level, Log, never_unwind};

// ANCHOR: log
/// Passes lines on to the `log` crate, with the plugin's name as their
/// target. Use it if your interface hands a log to its plugins.
///
/// ```
/// let log = nutshell_host::PluginLog::leak("voice");
/// log.log(nutshell_plugin::Level::Info, "ready");
/// ```
pub struct PluginLog(String);

impl PluginLog {
    /// Makes the log of the plugin of this name. It lives as long as
    /// the process: a plugin is never unloaded and may log at any time.
    pub fn leak(plugin: &str) -> &'static dyn Log {
        Box::leak(Box::new(Self(plugin.to_owned())))
    }
}

impl Log for PluginLog {
    fn enabled(&self, level: Level) -> bool {
        never_unwind(
            false,
            || log::log_enabled!(target: &self.0, level_of(level)),
        )
    }

    fn log(&self, level: Level, message: &str) {
        never_unwind((), || {
            log::log!(target: &self.0, level_of(level), "{message}");
        });
    }
}
// ANCHOR_END: log

fn level_of(level: Level) -> log::Level {
    match level {
        Level::Error => log::Level::Error,
        Level::Warn => log::Level::Warn,
        Level::Info => log::Level::Info,
        Level::Debug => log::Level::Debug,
        Level::Trace => log::Level::Trace,
    }
}
