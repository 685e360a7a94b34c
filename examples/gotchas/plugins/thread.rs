//! Saves in a thread of its own, which takes a while.

use std::thread::{self, JoinHandle};
use std::time::Duration;

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

// ANCHOR: save
// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn save() -> JoinHandle<()> {
    thread::spawn(|| {
        thread::sleep(Duration::from_millis(500));
        println!("saved");
    })
}
// ANCHOR_END: save

// ANCHOR: register
fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("save", "and do not wait", |_, _| {
        save();
        Ok(())
    })?;
    init.command("wait", "save, and wait for it", |_, _| {
        save().join().map_err(|_| "the thread has panicked".into())
    })?;
    Ok(())
}
// ANCHOR_END: register
