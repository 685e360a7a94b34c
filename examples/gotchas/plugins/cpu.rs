//! Adds two numbers, with the instructions of the processor that this
//! library is compiled for.

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

// ANCHOR: louder
// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn louder(volume: f64) -> f64 {
    volume + 1.0
}
// ANCHOR_END: louder

fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("louder", "than ten", |_, out| {
        Ok(writeln!(out, "{}", louder(10.0))?)
    })?;
    Ok(())
}
