//! Runs a plugin's command and passes on what it writes, as it comes.

use std::fmt;
use std::io::{self, Write};

use command_api::boundary::Command;
use command_api::nutshell_plugin::{Outcome, never_unwind};
use nutshell_host::text::{cut, printable};

// ANCHOR: run
/// Runs the command with stdout as its output. Returns how it ended,
/// with the plugin's message if it failed, and whether all output was
/// written.
pub fn run(
    command: &dyn Command,
    words: &[&str],
) -> (Result<(), String>, io::Result<()>) {
    let mut out = Stdout { written: Ok(()) };
    let mut error = String::new();
    let outcome = command.run(words, &mut out, &mut error);
    let ended = match outcome {
        Outcome::Done => Ok(()),
        // It failed because it could not write: `written` says why.
        Outcome::Failed if out.is_why(&error) => Ok(()),
        Outcome::Failed => Err(format!("failed: {error}")),
        Outcome::Panicked => Err(format!("panicked: {error}")),
    };
    (ended, out.written.and_then(|()| io::stdout().flush()))
}
// ANCHOR_END: run

// ANCHOR: stdout
/// Stdout as the plugin sees it. A `fmt::Error` has no cause, so the
/// cause is kept here, for the host.
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

impl Stdout {
    /// Whether a command's error only says that it could not write.
    fn is_why(&self, error: &str) -> bool {
        self.written.is_err()
            && error.ends_with(&fmt::Error.to_string())
    }
}

// ANCHOR: say
/// Writes a line to stderr. All messages of this app about plugins go
/// through this function or [`print()`], which make them printable. If
/// stderr cannot be written to, the exit code still tells a failure.
pub fn say(line: impl fmt::Display) {
    let _ = writeln!(io::stderr(), "{}", printable(line));
}

/// A file's name as the app shows it: cut, and in quotes if it could be
/// taken for more than a name.
pub fn shown(name: &str) -> String {
    let name = cut(name, 64);
    let is_word = |c: char| c.is_alphanumeric() || "-_.+…".contains(c);
    match name.chars().all(is_word) {
        true => name,
        false => format!("{name:?}"),
    }
}

/// Writes lines to stdout, each of them printable.
///
/// # Errors
/// The system's error.
pub fn print(lines: &[String]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in lines {
        writeln!(out, "{}", printable(line))?;
    }
    out.flush()
}
// ANCHOR_END: say
