//! Registers a command under the name of its own file, so that copies
//! of the file do not clash.

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

fn register(init: &mut Initializer, _: Logger) -> Result {
    let name = init.plugin().to_owned();
    init.command(&name.clone(), "say my name", move |_, out| {
        Ok(writeln!(out, "{name}")?)
    })?;
    Ok(())
}
