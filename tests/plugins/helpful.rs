//! A help text with more than one line.

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("help-me", "one\nvoice", |_, _| Ok(()))?;
    Ok(())
}
