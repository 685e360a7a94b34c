//! Looks at the process through its own `std`. Some of what it sees is
//! what the host sees, some is not.

use std::fmt::Write;
use std::{env, panic, process, thread};

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

// ANCHOR: look
// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn process_id() -> u32 {
    process::id()
}

// SAFETY: as above.
#[unsafe(no_mangle)]
pub fn arguments() -> usize {
    env::args_os().count()
}

// SAFETY: as above.
#[unsafe(no_mangle)]
pub fn move_up() -> bool {
    env::set_current_dir("..").is_ok()
}

// SAFETY: as above.
#[unsafe(no_mangle)]
pub fn thread(out: &mut dyn Write) -> bool {
    let thread = thread::current();
    write!(out, "{:?} {:?}", thread.id(), thread.name()).is_ok()
}

// SAFETY: as above.
#[unsafe(no_mangle)]
pub fn panic_and_catch() -> bool {
    panic::catch_unwind(|| panic!("no tea")).is_err()
}

// SAFETY: as above.
#[unsafe(no_mangle)]
pub fn say() {
    eprintln!("hello");
}
// ANCHOR_END: look

fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("id", "of the process", |_, out| {
        Ok(writeln!(out, "{}", process_id())?)
    })?;
    Ok(())
}
