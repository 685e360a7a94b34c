//! The first of two plugins that both have a helper called `name`.

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

// ANCHOR: greet
// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
fn name() -> &'static str {
    "first"
}

// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn greet() -> &'static str {
    name()
}
// ANCHOR_END: greet

fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("first", "tell its name", |_, out| {
        Ok(writeln!(out, "{}", greet())?)
    })?;
    Ok(())
}
