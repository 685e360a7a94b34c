//! Looks at the process through its own `std`. Some of what it sees is
//! what the host sees, some is not.

use std::fmt::Write;
use std::{env, panic, process, thread};
#[cfg(unix)]
use std::{
    ffi::c_int, fs::File, io::Read, mem::ManuallyDrop,
    os::fd::FromRawFd,
};

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

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

// ANCHOR: look
// SAFETY: as above.
#[unsafe(no_mangle)]
pub fn move_up() -> bool {
    env::set_current_dir("..").is_ok()
}

#[cfg(unix)]
// SAFETY: as above.
#[unsafe(no_mangle)]
pub fn read_three(descriptor: c_int) -> [u8; 3] {
    // SAFETY: the host has it open, and whoever does not drop this
    // `File` does not close it.
    let file = unsafe { File::from_raw_fd(descriptor) };
    let mut bytes = *b"???";
    let _ = ManuallyDrop::new(file).read_exact(&mut bytes);
    bytes
}

#[cfg(unix)]
unsafe extern "C" {
    safe fn signal(number: c_int, action: usize) -> usize;
}

/// 13 is SIGPIPE, 0 is the default action, and 1 would ignore it.
#[cfg(unix)]
// SAFETY: as above.
#[unsafe(no_mangle)]
pub fn end_at_broken_pipes() -> bool {
    signal(13, 0) == 1
}
// ANCHOR_END: look

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
pub fn is_panicking() -> bool {
    thread::panicking()
}

// SAFETY: as above.
#[unsafe(no_mangle)]
pub fn say() {
    eprintln!("hello");
}

fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("id", "of the process", |_, out| {
        Ok(writeln!(out, "{}", process_id())?)
    })?;
    Ok(())
}
