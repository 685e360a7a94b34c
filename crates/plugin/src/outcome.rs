//! Rule 2: a panic is caught on the side that threw it. [`guard`] does
//! so for a plugin's functions, [`never_unwind`] for what a host offers.

use std::any::Any;
use std::error::Error;
use std::fmt::{self, Write};
use std::io::{self, Write as _};
use std::mem;
use std::panic::{self, AssertUnwindSafe};

use crate::{BoxError, Result};

// ANCHOR: outcome
/// How a call across the boundary ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Outcome {
    /// It did what it was called for.
    Done,
    /// It returned an error, and has written the error's text.
    Failed,
    /// It panicked, caught that, and has written the message.
    Panicked,
}
// ANCHOR_END: outcome

// ANCHOR: guard
/// Runs a plugin's function so that neither its panic nor its error
/// leaves the plugin: both become text, written to `error`.
///
/// An interface calls this in code that is compiled into the plugin, so
/// that the `catch_unwind` in here belongs to the standard library that
/// throws. The text of an error names its causes, up to 32 of them.
/// Afterwards the plugin's own `stdout` is flushed.
pub fn guard<E: Into<BoxError>>(
    error: &mut dyn Write,
    work: impl FnOnce() -> Result<(), E>,
) -> Outcome {
    let result = catch(|| {
        let result = work().map_err(|cause| chain(&*cause.into()));
        // What the plugin has printed by itself is in a buffer of its
        // own standard library, which nobody else empties.
        match io::stdout().flush() {
            // Whoever read it may have seen enough.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                result.and(Err(format!("printing: {error}")))
            }
            _ => result,
        }
    });
    let (text, outcome) = match result {
        Ok(Ok(())) => return Outcome::Done,
        Ok(Err(text)) => (text, Outcome::Failed),
        Err(text) => (text, Outcome::Panicked),
    };
    // A host that cannot take the text has the outcome all the same.
    let _: fmt::Result = error.write_str(&text);
    outcome
}
// ANCHOR_END: guard

// ANCHOR: never_unwind
/// Runs what a host offers to its plugins, such as a callback, so that
/// its panic does not unwind into the plugin that called: it ends here,
/// and `instead` is the answer.
///
/// ```
/// let answer = nutshell_plugin::never_unwind(0, || panic!("oh"));
/// assert_eq!(answer, 0);
/// ```
pub fn never_unwind<T>(instead: T, work: impl FnOnce() -> T) -> T {
    catch(work).unwrap_or(instead)
}
// ANCHOR_END: never_unwind

/// The result of the work, or the message of its panic.
fn catch<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        let text = panic_text(&*payload).to_owned();
        mem::forget(payload); // dropping it might panic again
        text
    })
}

/// `outer: inner`, with all causes.
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

pub(crate) fn panic_text(payload: &dyn Any) -> &str {
    if let Some(text) = payload.downcast_ref::<&str>() {
        text
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text
    } else {
        "with a payload that is not text"
    }
}

// ANCHOR: plain
/// The other side's writer, of which nothing but `write_str` is called.
///
/// The `write_fmt` of a writer is code of the side that the writer comes
/// from, and would run this side's `Display` code from there: a panic in
/// it would cross. Wrap every `&mut dyn Write` that a plugin gets.
pub struct Plain<'other>(pub &'other mut dyn Write);

impl Write for Plain<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.write_str(text)
    }
}
// ANCHOR_END: plain
