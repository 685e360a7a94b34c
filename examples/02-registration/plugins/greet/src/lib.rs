//! A plugin with a configuration file beside its own file, and with
//! anyhow, whose errors stay on the plugin's side.

// ANCHOR: plugin
use anyhow::Context;
use command_api::{Initializer, Logger};

command_api::plugin!(register);

fn register(init: &mut Initializer, _: Logger) -> anyhow::Result<()> {
    let path = init.folder().join("greet.txt");
    let text = std::fs::read_to_string(path).context("greet.txt")?;
    init.command("greet", "greet each word", move |words, out| {
        for (greeting, name) in text.lines().cycle().zip(words) {
            writeln!(out, "{greeting}, {name}!")?;
        }
        Ok(())
    })?;
    Ok(())
}
// ANCHOR_END: plugin
