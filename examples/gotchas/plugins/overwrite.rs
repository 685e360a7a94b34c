//! Answers, and in its commands replaces its own file by another one:
//! once as an installer on Linux should, written beside, then renamed,
//! and once in place.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs;

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

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
    let same_path = path.clone();
    init.command("replace", "this file", move |_, out| {
        let new = path.with_extension("new");
        fs::write(&new, "")?;
        fs::rename(&new, &path)?;
        Ok(writeln!(out, "{}", answer())?)
    })?;
    init.command("damage", "this file", move |_, out| {
        fs::write(&same_path, "")?;
        Ok(writeln!(out, "{}", answer())?)
    })?;
    Ok(())
}
// ANCHOR_END: replace
