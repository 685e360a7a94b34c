//! The code between the host's call and the author's function. This
//! code is compiled into the plugin, so that the plugin catches its own
//! panics and turns its own errors into text.

use std::fmt::Write;

use nutshell_plugin::{
    BoxError, Log, Logger, Outcome, Plain, Result, guard,
};

use crate::Initializer;
use crate::boundary::{Command, Host};

// ANCHOR: register
/// Runs the author's `register` function for [`plugin!`](crate::plugin).
/// It first sends the plugin's panics to the host's log.
pub fn register<E: Into<BoxError>>(
    author: fn(&mut Initializer, Logger) -> Result<(), E>,
    host: &mut dyn Host,
    log: &'static dyn Log,
    error: &mut dyn Write,
) -> Outcome {
    let logger = Logger::new(log);
    guard(error, || {
        logger.log_panics();
        author(&mut Initializer::new(host), logger).map_err(Into::into)
    })
}
// ANCHOR_END: register

// ANCHOR: command
/// A command whose errors and panics end here.
pub(crate) struct Guarded<F>(pub F);

impl<F> Command for Guarded<F>
where
    F: Fn(&[&str], &mut dyn Write) -> Result + Send + Sync,
{
    fn run(
        &self,
        words: &[&str],
        out: &mut dyn Write,
        error: &mut dyn Write,
    ) -> Outcome {
        guard(error, || (self.0)(words, &mut Plain(out)))
    }
}
// ANCHOR_END: command
