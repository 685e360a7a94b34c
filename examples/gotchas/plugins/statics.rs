//! Counts a visit in a static of a crate that the host uses as well.

use std::sync::atomic::Ordering::Relaxed;

use command_api::{Initializer, Logger, Result};
use gotcha_plugins::VISITS;

command_api::plugin!(register);

// ANCHOR: visit
// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn visit() -> usize {
    VISITS.fetch_add(1, Relaxed) + 1
}
// ANCHOR_END: visit

// ANCHOR: register
fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("visit", "count a visit", |_, out| {
        Ok(writeln!(out, "visits: {}", visit())?)
    })?;
    Ok(())
}
// ANCHOR_END: register
