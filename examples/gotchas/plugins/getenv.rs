//! Reads the environment: when it is asked to, and from its registration
//! on in a thread of its own.

use std::thread;

use plugin_api::{Initializer, Logger, Result};

plugin_api::plugin!(register);

// ANCHOR: read
// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn read_often() {
    gotcha_plugins::read_often();
}
// ANCHOR_END: read

fn register(_: &mut Initializer, _: Logger) -> Result {
    // It ends with the process, if not before.
    thread::spawn(read_often);
    Ok(())
}
