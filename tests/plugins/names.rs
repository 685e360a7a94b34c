//! Tries names that are not allowed and goes on after each refusal.

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

fn register(init: &mut Initializer, logger: Logger) -> Result {
    for name in ["", "two words", "-x", "new\nline", "help", "inspect"]
    {
        if let Err(refused) = init.command(name, "", |_, _| Ok(())) {
            logger.warn(refused);
        }
    }
    init.command("good", "the one that is left", |_, _| Ok(()))?;
    if let Err(refused) = init.command("good", "", |_, _| Ok(())) {
        logger.warn(refused);
    }
    Ok(())
}
