//! Registers a command, then panics.

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("half", "must not stay", |_, _| Ok(()))?;
    let weekdays = ["Monday"];
    let tuesday = weekdays.len();
    println!("{}", weekdays[tuesday]);
    Ok(())
}
