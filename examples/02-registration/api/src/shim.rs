//! The code between the host's call and the author's function. It is
//! compiled into the plugin, so its `catch_unwind` belongs to the
//! standard library that throws the plugin's panics, and its errors are
//! made into text by the allocator that made them.

use std::any::Any;
use std::error::Error;
use std::fmt::{self, Write};
use std::io::{self, Write as _};
use std::mem;
use std::panic::{self, AssertUnwindSafe};

use crate::boundary::{Command, Host, Log, Outcome};
use crate::{BoxError, Initializer, Logger, Result};

// ANCHOR: register
/// Runs the author's `register` function for [`plugin!`](crate::plugin).
/// From here on the plugin's panics go to the host's log, in place of
/// the message that the standard library would print.
pub fn register<E>(
    register: fn(&mut Initializer, Logger) -> Result<(), E>,
    host: &mut dyn Host,
    log: &'static dyn Log,
    error: &mut dyn Write,
) -> Outcome
where
    E: Into<BoxError>,
{
    let logger = Logger::new(log);
    guarded(error, || {
        // The plugin's own hook: the host's panics do not pass here.
        panic::set_hook(Box::new(move |info| {
            let text = panic_text(info.payload());
            match info.location() {
                Some(at) => logger
                    .error(format_args!("panicked at {at}: {text}")),
                None => logger.error(format_args!("panicked: {text}")),
            }
        }));
        register(&mut Initializer::new(host), logger)
            .map_err(Into::into)
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
        guarded(error, || (self.0)(words, &mut Plain(out)))
    }
}

/// The host's output, of which nothing but `write_str` is called. Its
/// `write_fmt` would run the plugin's `Display` code from the host's,
/// and a panic in there would cross.
struct Plain<'host>(&'host mut dyn Write);

impl Write for Plain<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.write_str(text)
    }
}
// ANCHOR_END: command

// ANCHOR: guarded
fn guarded(
    error: &mut dyn Write,
    work: impl FnOnce() -> Result,
) -> Outcome {
    let result = panic::catch_unwind(AssertUnwindSafe(|| {
        let result = work().map_err(|cause| chain(&*cause));
        // What the plugin has printed by itself is in a buffer of its
        // own standard library, which nobody else empties.
        let _: io::Result<()> = io::stdout().flush();
        result
    }));
    let (text, outcome) = match result {
        Ok(Ok(())) => return Outcome::Done,
        Ok(Err(text)) => (text, Outcome::Failed),
        Err(payload) => {
            let text = panic_text(&*payload).to_owned();
            mem::forget(payload); // dropping it might panic again
            (text, Outcome::Panicked)
        }
    };
    // A host that cannot take the text has the outcome all the same.
    let _: fmt::Result = error.write_str(&text);
    outcome
}
// ANCHOR_END: guarded

/// `outer: inner`, with all causes, up to 32.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    // An error may name itself as its cause; enough is enough.
    for _ in 0..32 {
        let Some(cause) = next else { break };
        text += &format!(": {cause}");
        next = cause.source();
    }
    text
}

fn panic_text(payload: &dyn Any) -> &str {
    if let Some(text) = payload.downcast_ref::<&str>() {
        text
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text
    } else {
        "with a payload that is not text"
    }
}
