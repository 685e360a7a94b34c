//! The way of this talk: the whole of Example 2's host.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use app::load::load;
use app::registry::Registry;
use command_api::nutshell_plugin::Outcome;
use nutshell_host::{Candidate, Loader, Trust};
use timing::Shout;

fn main() -> Result<()> {
    timing::measure(open)
}

// ANCHOR: host
fn open(path: &Path) -> Result<Shout> {
    let mut registry = Registry::new(&[]);
    let mut loader = Loader::new(Trust::NoOthers);
    let file = Candidate::new(path);
    // SAFETY: we trust the author of the plugin.
    unsafe { load(&file, &mut loader, &mut registry) }?;
    let entry = registry.get("shout").context("no command shout")?;
    let command = entry.command;
    Ok(Box::new(move |text, said| {
        let mut error = String::new();
        let ended = command.run(&[text], said, &mut error);
        ensure!(ended == Outcome::Done, "{error}");
        Ok(())
    }))
}
// ANCHOR_END: host
