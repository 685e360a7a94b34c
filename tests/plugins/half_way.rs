//! Registers a command, then fails with an error that has causes.

use anyhow::Context;
use command_api::{Initializer, Logger};

command_api::plugin!(register);

fn register(init: &mut Initializer, _: Logger) -> anyhow::Result<()> {
    init.command("half", "must not stay", |_, _| Ok(()))?;
    Err(anyhow::anyhow!("the disk is full"))
        .context("writing the cache")
        .context("starting up")
}
