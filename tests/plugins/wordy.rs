//! A help text that goes on for longer than a line.

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

fn register(init: &mut Initializer, _: Logger) -> Result {
    let help = "and so on ".repeat(100);
    init.command("wordy", &help, |_, _| Ok(()))?;
    Ok(())
}
