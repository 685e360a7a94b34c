//! Counts its runs in a static. Its command has the name of its own
//! file, so that copies of the file do not clash.

use std::sync::atomic::{AtomicU32, Ordering};

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

static RUNS: AtomicU32 = AtomicU32::new(0);

fn register(init: &mut Initializer, _: Logger) -> Result {
    let name = init.plugin().to_owned();
    init.command(&name, "count the runs", |_, out| {
        let runs = RUNS.fetch_add(1, Ordering::Relaxed) + 1;
        Ok(write!(out, "{runs}")?)
    })?;
    Ok(())
}
