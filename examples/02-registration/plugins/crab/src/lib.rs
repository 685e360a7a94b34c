//! Draws a crab. What it logs with the ordinary `log::info!` arrives in
//! the host's log.

// ANCHOR: plugin
use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

fn register(init: &mut Initializer, logger: Logger) -> Result {
    nutshell_log::install(logger)?;
    init.command("crab", "let a crab say it", |words, out| {
        log::info!("words for the crab to say: {}", words.len());
        let text = words.join(" ");
        Ok(writeln!(out, "(\\/) (°,,,°) (\\/)  < {text}")?)
    })?;
    Ok(())
}
// ANCHOR_END: plugin
