//! Runs a command of a plugin and passes on what it writes, as it comes.

use std::fmt;
use std::io::{self, Write};

use plugin_api::boundary::{Command, Outcome};

use crate::registry::never_unwind;

// ANCHOR: run
/// Runs the command with stdout as its output. The inner error is what
/// the plugin has to say of its failure.
///
/// # Errors
/// If stdout cannot be written to.
pub fn run(
    command: &dyn Command,
    words: &[&str],
) -> io::Result<Result<(), String>> {
    let mut out = Stdout { written: Ok(()) };
    let mut error = String::new();
    let outcome = command.run(words, &mut out, &mut error);
    out.written?;
    Ok(match outcome {
        Outcome::Done => Ok(()),
        Outcome::Failed => Err(format!("failed: {error}")),
        Outcome::Panicked => Err(format!("panicked: {error}")),
    })
}
// ANCHOR_END: run

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

/// Text of a plugin on a line of ours: what would end the line, or
/// command the terminal, is shown instead of done.
pub fn one_line(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            let escape = c.is_control().then(|| c.escape_default());
            let plain = escape.is_none().then_some(c);
            escape.into_iter().flatten().chain(plain)
        })
        .collect()
}
