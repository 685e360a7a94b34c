//! Answers, and in its command replaces its own file by another one, as
//! an installer should: written beside, then renamed.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs;

use plugin_api::{Initializer, Logger, Result};

plugin_api::plugin!(register);

// ANCHOR: answer
// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn answer() -> u32 {
    42
}
// ANCHOR_END: answer

// ANCHOR: replace
fn register(init: &mut Initializer, _: Logger) -> Result {
    let file = format!("{DLL_PREFIX}{}{DLL_SUFFIX}", init.plugin());
    let path = init.folder().join(file);
    init.command("replace", "this file", move |_, out| {
        let new = path.with_extension("new");
        fs::write(&new, "")?;
        fs::rename(&new, &path)?;
        Ok(writeln!(out, "{}", answer())?)
    })?;
    Ok(())
}
// ANCHOR_END: replace
