//! Rule 2: a panic is caught on the side that threw it. [`guard`]
//! catches the panics of a plugin's functions, [`never_unwind`] those
//! of what a host offers.

use std::any::Any;
use std::error::Error;
use std::fmt::{self, Write};
use std::io::{self, Write as _};
use std::mem;
use std::panic::{self, AssertUnwindSafe};

use crate::{Result, panics};

// ANCHOR: outcome
/// How a call across the boundary ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Outcome {
    /// The function did its work.
    Done,
    /// The function returned an error, whose text was written.
    Failed,
    /// The function panicked, and the panic's message was written.
    Panicked,
}
// ANCHOR_END: outcome

// ANCHOR: guard
/// Runs a plugin's function so that neither its panic nor its error
/// leaves the plugin: both become text, written to `error`.
///
/// An interface calls this in code that is compiled into the plugin, so
/// that the `catch_unwind` in here belongs to the standard library that
/// throws. A value leaves `work` through what it captures, such as the
/// `&mut f64` or the writer that the host lends for it.
/// The text of an error names its causes, up to 32 of them.
/// Unless the function panics, this also flushes the plugin's `stdout`.
pub fn guard(
    error: &mut dyn Write,
    work: impl FnOnce() -> Result,
) -> Outcome {
    let (result, place) = panics::watch(|| {
        catch(|| {
            let result = work().map_err(|cause| chain(&*cause));
            // What the plugin has printed by itself is in a buffer of its
            // own standard library, which nobody else empties.
            match io::stdout().flush() {
                // Whoever read it may have seen enough.
                Err(error)
                    if error.kind() != io::ErrorKind::BrokenPipe =>
                {
                    result.and(Err(format!("printing: {error}")))
                }
                _ => result,
            }
        })
    });
    let (text, outcome) = match (result, place) {
        (Ok(Ok(())), _) => return Outcome::Done,
        (Ok(Err(text)), _) => (text, Outcome::Failed),
        (Err(text), None) => (text, Outcome::Panicked),
        (Err(text), Some(place)) => {
            (format!("{place}: {text}"), Outcome::Panicked)
        }
    };
    // A host that cannot take the text still gets the outcome.
    let _: fmt::Result = error.write_str(&text);
    outcome
}
// ANCHOR_END: guard

// ANCHOR: never_unwind
/// Runs what a host offers to its plugins, such as a callback, so that
/// its panic does not unwind into the plugin that called. The panic
/// ends here, and the plugin gets `instead`.
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
    // An error may name itself as its cause, so there is a limit.
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
/// A writer of the other side. Only its `write_str` is ever called.
///
/// A writer's `write_fmt` is code of the side that the writer comes
/// from. It would call this side's `Display` code, and a panic in this
/// code would cross. Wrap every `&mut dyn Write` that a plugin gets.
pub struct Plain<'other>(pub &'other mut dyn Write);

impl Write for Plain<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.write_str(text)
    }
}
// ANCHOR_END: plain
