//! Reads the environment: when it is asked to, and from its registration
//! on in a thread of its own.

use std::sync::mpsc;
use std::thread;

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

// ANCHOR: read
// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn read_often() {
    gotcha_plugins::read_often();
}
// ANCHOR_END: read

fn register(_: &mut Initializer, _: Logger) -> Result {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for number in 0.. {
            read_often();
            if number == 0 {
                let _ = sender.send(());
            }
        }
    });
    // From now on it reads, until the process ends.
    Ok(receiver.recv()?)
}
