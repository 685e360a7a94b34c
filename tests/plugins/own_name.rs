//! Registers a command under the name of its own file, so that copies
//! of the file do not clash.

use plugin_api::{Initializer, Logger, Result};

plugin_api::plugin!(register);

fn register(init: &mut Initializer, _: Logger) -> Result {
    let name = init.plugin().to_owned();
    init.command(&name.clone(), "say my name", move |_, out| {
        Ok(writeln!(out, "{name}")?)
    })?;
    Ok(())
}
