//! Catches its own panic, which works unless it is compiled with
//! `panic = "abort"`.

use std::panic::catch_unwind;

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

// ANCHOR: careful
// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn careful() -> &'static str {
    match catch_unwind(|| panic!("no tea")) {
        Ok(()) => "no panic",
        Err(_) => "caught",
    }
}
// ANCHOR_END: careful

fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("careful", "catch a panic", |_, out| {
        Ok(writeln!(out, "{}", careful())?)
    })?;
    Ok(())
}
