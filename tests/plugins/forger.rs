//! Writes what looks like lines of the host and of another plugin.

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

fn register(_: &mut Initializer, logger: Logger) -> Result {
    logger.info("hello\r[ERROR voice] on fire");
    Err("sorry\nrefused voice: it is \x1b[31mbad".into())
}
