//! `gotchas process`: what host and plugin see of the process that they
//! are both part of, each through a standard library of its own.

use std::fmt::{self, Display};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::{env, io, panic, process, thread};
#[cfg(unix)]
use std::{
    ffi::c_int,
    fs::{self, File},
    io::Read,
    os::fd::AsRawFd,
};

use anyhow::{Context, Result, anyhow, ensure};
use libloading::Library;

use crate::open;
use crate::variants::built;

/// What host and plugin see of their process, a line each.
pub fn table() -> Result<String> {
    let plugin = open(built("process")?)?;
    // SAFETY: the plugin exports them with these types.
    let (process_id, arguments, move_up) = unsafe {
        (
            plugin.get::<fn() -> u32>("process_id")?,
            plugin.get::<fn() -> usize>("arguments")?,
            plugin.get::<fn() -> bool>("move_up")?,
        )
    };
    let mut table = Table::default();
    let is_one = process::id() == process_id();
    let answer = if is_one { "the same" } else { "another" };
    table.row("process id", "one", answer);
    table.row("arguments", env::args_os().count(), arguments());
    let before = env::current_dir()?;
    ensure!(move_up(), "there is no folder above");
    let is_moved = env::current_dir()? != before;
    let answer = if is_moved { "moved as well" } else { "as before" };
    table.row("directory", answer, "moved");
    #[cfg(unix)]
    file_and_signal(&plugin, &mut table)?;
    threads(&plugin, &mut table)?;
    panic_hook(&plugin, &mut table)?;
    panic_count(&plugin, &mut table)?;
    stderr_lock(&plugin, &mut table)?;
    Ok(table.0.trim_end().to_owned())
}

#[cfg(unix)]
fn file_and_signal(plugin: &Library, table: &mut Table) -> Result<()> {
    unsafe extern "C" {
        safe fn signal(number: c_int, action: usize) -> usize;
    }
    // SAFETY: the plugin exports them with these types.
    let (read_three, end_at_broken_pipes) = unsafe {
        (
            plugin.get::<fn(c_int) -> [u8; 3]>("read_three")?,
            plugin.get::<fn() -> bool>("end_at_broken_pipes")?,
        )
    };
    fs::write("numbers", "onetwo")?;
    let mut file = File::open("numbers")?;
    let theirs = read_three(file.as_raw_fd());
    let mut ours = [0; 3];
    file.read_exact(&mut ours)?;
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    table.row("file descriptor", text(&ours), text(&theirs));

    let word = |ignored| if ignored { "ignored" } else { "default" };
    let ours = || word(signal(13, 1) == 1);
    let before = ours();
    let theirs = word(end_at_broken_pipes());
    table.row("SIGPIPE", before, theirs);
    table.row("SIGPIPE, later", ours(), "set to default");
    Ok(())
}

// ANCHOR: threads
fn threads(plugin: &Library, table: &mut Table) -> Result<()> {
    // SAFETY: the plugin exports it with this type.
    let thread = unsafe {
        plugin.get::<fn(&mut dyn fmt::Write) -> bool>("thread")
    }?;
    let theirs = || {
        let mut text = String::new();
        thread(&mut text).then_some(text).context("no thread")
    };
    let ours = || {
        let thread = thread::current();
        format!("{:?} {:?}", thread.id(), thread.name())
    };
    // The plugin first sees the second thread.
    let second = thread::scope(|scope| {
        scope.spawn(|| (ours(), theirs())).join()
    });
    let second = second.map_err(|_| anyhow!("a panic"))?;
    table.row("main thread", ours(), theirs()?);
    table.row("second thread", second.0, second.1?);
    Ok(())
}
// ANCHOR_END: threads

fn panic_hook(plugin: &Library, table: &mut Table) -> Result<()> {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    // SAFETY: the plugin exports it with this type.
    let theirs =
        unsafe { plugin.get::<fn() -> bool>("panic_and_catch") }?;
    let ours = || panic::catch_unwind(|| panic!("no tea")).is_err();
    panic::set_hook(Box::new(|_| {
        CALLS.fetch_add(1, Relaxed);
    }));
    let called = |panicked: bool| {
        let is_called = panicked && CALLS.swap(0, Relaxed) == 1;
        if is_called { "called" } else { "not called" }
    };
    table.row("host's panic hook", called(ours()), called(theirs()));
    Ok(())
}

/// What both say while the host panics.
fn panic_count(plugin: &Library, table: &mut Table) -> Result<()> {
    static OURS: AtomicBool = AtomicBool::new(false);
    static THEIRS: AtomicBool = AtomicBool::new(false);
    struct OnDrop(fn() -> bool);
    impl Drop for OnDrop {
        fn drop(&mut self) {
            OURS.store(thread::panicking(), Relaxed);
            THEIRS.store(self.0(), Relaxed);
        }
    }
    // SAFETY: the plugin exports it with this type.
    let theirs = unsafe { plugin.get::<fn() -> bool>("is_panicking") }?;
    let on_drop = OnDrop(*theirs);
    let caught = panic::catch_unwind(|| {
        let _on_drop = on_drop;
        panic!("no tea")
    });
    ensure!(caught.is_err(), "there was no panic");
    let (ours, theirs) = (OURS.load(Relaxed), THEIRS.load(Relaxed));
    table.row("host panics", ours, theirs);
    Ok(())
}

fn stderr_lock(plugin: &Library, table: &mut Table) -> Result<()> {
    // SAFETY: the plugin exports it with this type.
    let say = unsafe { plugin.get::<fn()>("say") }?;
    let lock = io::stderr().lock();
    // Were there one lock for both, this would wait for ever.
    let said = thread::scope(|scope| scope.spawn(*say).join());
    drop(lock);
    said.map_err(|_| anyhow!("a panic"))?;
    table.row("host's stderr lock", "held", "not in the way");
    Ok(())
}

#[derive(Default)]
struct Table(String);

impl Table {
    fn row(
        &mut self,
        what: &str,
        host: impl Display,
        plugin: impl Display,
    ) {
        let host = host.to_string();
        self.0 += &format!("{what:<19} {host:<26} {plugin}\n");
    }
}
