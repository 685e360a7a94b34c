//! The plugin that is measured, as Example 2 wants it. `../../go/plugin`
//! does the same in Go.

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

/// What Example 1 calls.
// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub extern "C" fn add(a: i64, b: i64) -> i64 {
    a.wrapping_add(b)
}

// ANCHOR: register
/// Registers a command under the name of its own file, so that copies
/// of the file do not clash.
fn register(init: &mut Initializer, _: Logger) -> Result {
    let name = init.plugin().to_owned();
    init.command(&name.clone(), "say my name", move |_, out| {
        Ok(writeln!(out, "{name}")?)
    })?;
    Ok(())
}
// ANCHOR_END: register
