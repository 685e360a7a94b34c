//! Reads a line from its own copy of `stdin`.

use std::io::{self, Write};

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

// ANCHOR: next_line
// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn next_line(out: &mut dyn Write) -> bool {
    let mut line = String::new();
    let read = io::stdin().read_line(&mut line);
    read.is_ok() && write!(out, "{line}").is_ok()
}
// ANCHOR_END: next_line

// ANCHOR: register
fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command(
        "line",
        "the words that it is given",
        |words, out| Ok(writeln!(out, "{}", words.join(" "))?),
    )?;
    Ok(())
}
// ANCHOR_END: register
