//! Changes the environment. The lock that its `std` holds meanwhile is
//! this library's own, and keeps nobody else out.

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

// ANCHOR: set
// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn set_many() {
    gotcha_plugins::set_many();
}
// ANCHOR_END: set

// ANCHOR: register
fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("race", "change the environment", |_, out| {
        (0..2_000).for_each(|_| set_many());
        Ok(writeln!(out, "no crash")?)
    })?;
    init.command("volume", "take it from a word", |words, out| {
        Ok(writeln!(out, "{}", words.join(" "))?)
    })?;
    Ok(())
}
// ANCHOR_END: register
