//! A plugin that is a host: it loads the plugins of the folder `more`
//! beside it and runs their commands.

use app::registry::Registry;
use app::scan::Trust;
use plugin_api::boundary::Outcome;
use plugin_api::{Initializer, Logger, Result};

plugin_api::plugin!(register);

fn register(init: &mut Initializer, logger: Logger) -> Result {
    let folder = init.folder().join("more");
    init.command("nested", "run a command", move |words, out| {
        let mut registry = Registry::new(&[]);
        let trust = Trust::Permissions;
        // SAFETY: the test has built what is in the folder.
        let refused =
            unsafe { app::load_folder(&folder, trust, &mut registry) }?;
        for line in refused {
            logger.warn(line);
        }
        let entry = registry.get(words[0]).ok_or("no such command")?;
        let mut error = String::new();
        match entry.command.run(&words[1..], out, &mut error) {
            Outcome::Done => Ok(()),
            _ => Err(error.into()),
        }
    })?;
    Ok(())
}
