//! Logs with the ordinary `log::info!`, and shows the level of its own
//! copy of the `log` crate.

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

// ANCHOR: hello
// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn hello() -> log::LevelFilter {
    log::info!("hello");
    log::max_level()
}
// ANCHOR_END: hello

// ANCHOR: register
fn register(init: &mut Initializer, logger: Logger) -> Result {
    nutshell_log::install(logger)?;
    init.command("hello", "log it", |_, _| {
        hello();
        Ok(())
    })?;
    Ok(())
}
// ANCHOR_END: register
