//! A plugin that needs a library, the first version of `helper`. Its own
//! file names that library, and the folder to find it in.

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

// ANCHOR: needs
#[link(name = "helper")]
#[cfg(feature = "helper")]
unsafe extern "C" {
    safe fn helper_version() -> u32;
}

// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn needed_version() -> u32 {
    helper_version()
}
// ANCHOR_END: needs

/// Without the feature there is nothing to link with.
#[cfg(not(feature = "helper"))]
fn helper_version() -> u32 {
    0
}

fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("first", "the version of its helper", |_, out| {
        Ok(writeln!(out, "{}", needed_version())?)
    })?;
    Ok(())
}
