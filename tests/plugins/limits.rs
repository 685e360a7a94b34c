//! Commands that do what no host can prevent, for the book's page about
//! the limits.

use std::ffi::c_int;
use std::hint::black_box;
use std::{process, thread};

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

// ANCHOR: limits
fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("exit", "with code 7", |_, _| process::exit(7))?;
    init.command("abort", "by a signal", |_, _| process::abort())?;
    init.command("panic", "and let the app report it", |_, _| {
        panic!("no tea")
    })?;
    init.command("twice", "panic while panicking", |_, _| {
        let _bomb = Bomb;
        panic!("once")
    })?;
    init.command("last", "panic when a thread ends", |_, _| {
        thread::spawn(|| LAST.with(|_| ())).join().map_err(|_| "it")?;
        Ok(())
    })?;
    init.command("deep", "call itself without end", |_, out| {
        Ok(writeln!(out, "{}", deep(1))?)
    })?;
    init.command("huge", "ask for too much memory", |_, out| {
        let room = Vec::<u8>::with_capacity(isize::MAX as usize);
        Ok(writeln!(out, "{:p}", black_box(&room))?)
    })?;
    init.command("deaf", "ignore SIGTERM, and get it", |_, out| {
        ignore_sigterm();
        Ok(writeln!(out, "still here")?)
    })?;
    #[cfg(unix)]
    init.command("close", "the stdout of the app", |_, out| {
        close_stdout();
        Ok(writeln!(out, "nobody reads this")?)
    })?;
    Ok(())
}
// ANCHOR_END: limits

struct Bomb;

thread_local! {
    static LAST: Bomb = const { Bomb };
}

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("in a destructor");
    }
}

#[inline(never)]
fn deep(level: u64) -> u64 {
    match black_box(level) {
        u64::MAX => level,
        _ => black_box(deep(level + 1)),
    }
}

/// Has the process ignore the signal, and sends it.
fn ignore_sigterm() {
    const SIGTERM: c_int = 15;
    const SIG_IGN: usize = 1;
    // SAFETY: the types are those of C, where a handler is an address.
    unsafe extern "C" {
        fn signal(signal: c_int, handler: usize) -> usize;
        fn raise(signal: c_int) -> c_int;
    }
    // SAFETY: to ignore a signal runs no code.
    unsafe {
        signal(SIGTERM, SIG_IGN);
        raise(SIGTERM);
    }
}

#[cfg(unix)]
fn close_stdout() {
    use std::os::fd::{FromRawFd, OwnedFd};
    // SAFETY: none. The descriptor belongs to the app, which uses it
    // again; to show this is the point.
    drop(unsafe { OwnedFd::from_raw_fd(1) });
}
