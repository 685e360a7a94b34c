//! Hands out a boxed speaker: its code and its vtable, the table of its
//! methods, are in this library.

use command_api::{Initializer, Logger, Result};
use gotcha_plugins::Speaker;

command_api::plugin!(register);

// ANCHOR: speaker
struct Parrot;

impl Speaker for Parrot {
    #[cfg(feature = "newer-api")]
    fn erase(&self) -> &'static str {
        "all data erased"
    }

    fn name(&self) -> &'static str {
        "parrot"
    }
}

// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn speaker() -> Box<dyn Speaker> {
    Box::new(Parrot)
}
// ANCHOR_END: speaker

fn register(init: &mut Initializer, _: Logger) -> Result {
    let speaker = Parrot;
    init.command("name", "ask for it", move |_, out| {
        Ok(writeln!(out, "{}", speaker.name())?)
    })?;
    Ok(())
}
