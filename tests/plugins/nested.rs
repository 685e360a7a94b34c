//! A plugin that is a host: it loads the plugins of the folder `more`
//! beside it and runs their commands.

use app::registry::Registry;
use command_api::nutshell_plugin::Outcome;
use command_api::{Initializer, Logger, Result};
use nutshell_host::{Loader, Trust};

command_api::plugin!(register);

fn register(init: &mut Initializer, logger: Logger) -> Result {
    let folder = init.folder().join("more");
    init.command("nested", "run a command", move |words, out| {
        let mut loader = Loader::new(Trust::NoOthers);
        let mut registry = Registry::new(&[]);
        // SAFETY: the test has built what is in the folder.
        let report = unsafe {
            app::load_folder(&folder, &mut loader, &mut registry)
        }?;
        for refusal in report.refused {
            logger.warn(refusal);
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
