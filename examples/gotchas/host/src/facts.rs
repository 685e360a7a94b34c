//! `gotchas process`: what host and plugin see of the process that they
//! are both part of, each through a standard library of its own.

use std::fmt::{self, Display};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::{env, io, panic, process, thread};

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
    threads(&plugin, &mut table)?;
    panic_hook(&plugin, &mut table)?;
    stderr_lock(&plugin, &mut table)?;
    Ok(table.0.trim_end().to_owned())
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
