//! Two commands from one plugin.

// ANCHOR: plugin
use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

fn register(init: &mut Initializer, logger: Logger) -> Result {
    init.command("shout", "say it loudly", |words, out| {
        Ok(writeln!(out, "{}!", words.join(" ").to_uppercase())?)
    })?;
    init.command("whisper", "say it softly", |words, out| {
        Ok(writeln!(out, "{}…", words.join(" ").to_lowercase())?)
    })?;
    logger.info("ready to shout and to whisper");
    Ok(())
}
// ANCHOR_END: plugin
