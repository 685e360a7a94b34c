//! A plugin in a folder of its own, outside of this repository.

// ANCHOR: plugin
use anyhow::Context;
use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("reverse", "say it backwards", |words, out| {
        words.first().context("there are no words to reverse")?;
        let text = words.join(" ").chars().rev().collect::<String>();
        Ok(writeln!(out, "{text}")?)
    })?;
    Ok(())
}
// ANCHOR_END: plugin
