//! The way of this talk: the whole of Example 2's host.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use app::load::Loader;
use app::registry::Registry;
use app::scan::Trust;
use timing::Shout;

fn main() -> Result<()> {
    timing::measure(open)
}

// ANCHOR: host
fn open(path: &Path) -> Result<Shout> {
    let mut registry = Registry::new(&[]);
    let mut loader = Loader::new(Trust::Permissions);
    let theirs = loader.ask(path)?;
    // SAFETY: we trust the author of the plugin.
    unsafe { loader.load(path, &theirs, &mut registry) }?;
    let entry = registry.get("shout").context("no command shout")?;
    let command = entry.command;
    Ok(Box::new(move |text, said| {
        let mut error = String::new();
        command.run(&[text], said, &mut error);
        ensure!(error.is_empty(), "{error}");
        Ok(())
    }))
}
// ANCHOR_END: host
