//! Prints without a newline, to its own copy of `stdout`.

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

// ANCHOR: hello
// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn hello() {
    print!("hello");
}
// ANCHOR_END: hello

// ANCHOR: register
fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("hello", "without a newline", |_, _| {
        hello();
        Ok(())
    })?;
    Ok(())
}
// ANCHOR_END: register
