//! Looks at the thread that calls it. That is enough for its `std` to
//! leave something behind in the thread.

use std::thread;

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

// ANCHOR: look
// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn look() {
    let _thread = thread::current();
}
// ANCHOR_END: look

fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("look", "at the calling thread", |_, out| {
        look();
        Ok(writeln!(out, "never closed")?)
    })?;
    Ok(())
}
