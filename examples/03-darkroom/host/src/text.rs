//! Prints all text of the darkroom, and makes it safe to print, because
//! plugins and files choose some of it.

use std::fmt::Display;
use std::io::{self, Write};

use nutshell_host::text::printable;

/// Writes a line to stderr. If that fails, the exit code still tells.
pub fn say(line: impl Display) {
    let _ = writeln!(io::stderr(), "{}", printable(line));
}

/// Writes lines to stdout.
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
