//! Hands out a value as `dyn Any`, and registers a command that writes
//! the same without a downcast.

use std::any::Any;

use command_api::{Initializer, Logger, Result};
use gotcha_plugins::Settings;

command_api::plugin!(register);

// ANCHOR: settings
static SETTINGS: Settings = Settings { volume: 11 };

// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn settings() -> &'static dyn Any {
    &SETTINGS
}
// ANCHOR_END: settings

fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("volume", "how loud it is", |_, out| {
        Ok(writeln!(out, "Some({})", SETTINGS.volume)?)
    })?;
    Ok(())
}
