//! Runs a command of a plugin and passes on what it writes, as it comes.

use std::fmt;
use std::io::{self, Write};

use plugin_api::boundary::{Command, Outcome};

use crate::registry::never_unwind;

// ANCHOR: run
/// Runs the command with stdout as its output: how it ended, with what
/// the plugin says of a failure, and whether all output was written.
pub fn run(
    command: &dyn Command,
    words: &[&str],
) -> (Result<(), String>, io::Result<()>) {
    let mut out = Stdout { written: Ok(()) };
    let mut error = String::new();
    let outcome = command.run(words, &mut out, &mut error);
    let ended = match outcome {
        // It could not write, so that is why it has failed.
        _ if out.written.is_err() => Ok(()),
        Outcome::Done => Ok(()),
        Outcome::Failed => Err(format!("failed: {}", one_line(&error))),
        Outcome::Panicked => {
            Err(format!("panicked: {}", one_line(&error)))
        }
    };
    (ended, out.written.and_then(|()| io::stdout().flush()))
}
// ANCHOR_END: run

// ANCHOR: stdout
/// Stdout as the plugin sees it. `fmt::Error` says nothing, so what
/// went wrong is kept for the host.
struct Stdout {
    written: io::Result<()>,
}

impl fmt::Write for Stdout {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.written.as_ref().map_err(|_| fmt::Error)?;
        let panicked = Err(io::Error::other("writing panicked"));
        self.written = never_unwind(panicked, || {
            io::stdout().write_all(text.as_bytes())
        });
        self.written.as_ref().copied().map_err(|_| fmt::Error)
    }
}
// ANCHOR_END: stdout

// ANCHOR: one_line
/// Text of a plugin on a line of ours: what would end the line, or
/// command the terminal, is shown instead of done.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_control() {
            true => line.extend(c.escape_default()),
            false => line.push(c),
        }
    }
    line
}
// ANCHOR_END: one_line
