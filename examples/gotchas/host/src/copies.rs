//! Two of everything: host and plugin each have a standard library, and
//! a copy of every crate. Each function here is a host that takes the
//! plugin's copy for its own, and returns the answer that it got.

use std::panic::catch_unwind;
use std::sync::atomic::Ordering::Relaxed;

use anyhow::Result;
use gotcha_plugins::VISITS;
use log::LevelFilter;

use crate::child;
use crate::gotchas::Gotcha;
use crate::guarded::{Verdict, app};
use crate::open;
use crate::variants::built;

// ANCHOR: statics
pub fn statics() -> Result<String> {
    let plugin = open(&built("statics")?)?;
    // SAFETY: the plugin exports it with this type.
    let visit = unsafe { plugin.get::<fn() -> usize>("visit") }?;
    let theirs = visit();
    let ours = VISITS.load(Relaxed);
    Ok(format!("host {ours}, plugin {theirs}"))
}
// ANCHOR_END: statics

// ANCHOR: logs
pub fn logs() -> Result<String> {
    log::set_max_level(LevelFilter::Info);
    let plugin = open(&built("logs")?)?;
    // SAFETY: the plugin exports it with this type.
    let hello = unsafe { plugin.get::<fn() -> LevelFilter>("hello") }?;
    let (ours, theirs) = (log::max_level(), hello());
    Ok(format!("host {ours}, plugin {theirs}").to_lowercase())
}
// ANCHOR_END: logs

// ANCHOR: panic
pub fn panic() -> Result<String> {
    let plugin = open(&built("panic")?)?;
    // SAFETY: the plugin exports it with this type.
    let pour = unsafe { plugin.get::<fn()>("pour") }?;
    let result = catch_unwind(*pour);
    Ok(if result.is_err() { "caught" } else { "no panic" }.into())
}
// ANCHOR_END: panic

// ANCHOR: extern_c
pub fn extern_c() -> Result<String> {
    let plugin = open(&built("panic")?)?;
    // SAFETY: the plugin exports it with this type.
    let pour = unsafe { plugin.get::<extern "C" fn()>("pour_for_c") }?;
    let result = catch_unwind(|| pour());
    Ok(if result.is_err() { "caught" } else { "no panic" }.into())
}

/// The same, with the ABI that lets a panic out.
pub fn c_unwind() -> Result<String> {
    let plugin = open(&built("panic")?)?;
    // SAFETY: the plugin exports it with this type.
    let pour = unsafe {
        plugin.get::<extern "C-unwind" fn()>("pour_for_cpp")
    }?;
    let result = catch_unwind(|| pour());
    Ok(if result.is_err() { "caught" } else { "no panic" }.into())
}
// ANCHOR_END: extern_c

// ANCHOR: allocator
pub fn allocator() -> Result<String> {
    let plugin = open(&built("allocator")?)?;
    // SAFETY: none; our allocator is going to free this `String`.
    let poem = unsafe { plugin.get::<fn() -> String>("poem") }?;
    let text = poem();
    let copy = text.clone();
    drop(text);
    Ok(copy)
}
// ANCHOR_END: allocator

// ANCHOR: print
/// The answer is what arrives on stdout.
pub fn print() -> Result<String> {
    let plugin = open(&built("print")?)?;
    // SAFETY: the plugin exports it with this type.
    let hello = unsafe { plugin.get::<fn()>("hello") }?;
    hello();
    Ok(String::new())
}
// ANCHOR_END: print

pub const GOTCHAS: &[Gotcha] = &[
    Gotcha {
        name: "statics",
        what: "one static in the source, two in the process",
        right: "host 1, plugin 1",
        undefined: false,
        elsewhere: None,
        unguarded: statics,
        guarded: || app(&[built("statics")?], &["visit"]),
        because: "the host hands over what is its own",
    },
    Gotcha {
        name: "logs",
        what: "the host has installed a logger",
        right: "host info, plugin info",
        undefined: false,
        elsewhere: None,
        unguarded: logs,
        guarded: || app(&[built("logs")?], &["hello"]),
        because: "nutshell_log::install hands the lines to the host",
    },
    Gotcha {
        name: "panic",
        what: "a panic of the plugin, caught by the host",
        right: "caught",
        undefined: false,
        elsewhere: None,
        unguarded: panic,
        guarded: || app(&[built("panic")?], &["tea"]),
        because: "code that is compiled into the plugin catches it",
    },
    Gotcha {
        name: "extern-c",
        what: "the same through a function that is extern \"C\"",
        right: "caught",
        undefined: false,
        elsewhere: None,
        unguarded: extern_c,
        guarded: || extern_c_guarded(),
        because: "no panic reaches the function that the host calls",
    },
    Gotcha {
        name: "allocator",
        what: "a String of the plugin, dropped by the host",
        right: "roses are red",
        undefined: true,
        elsewhere: None,
        unguarded: allocator,
        guarded: || app(&[built("allocator")?], &["poem"]),
        because: "nothing owned crosses, the text is written out",
    },
    Gotcha {
        name: "print",
        what: "print! without a newline, in a plugin",
        right: "hello",
        undefined: false,
        elsewhere: None,
        unguarded: print,
        guarded: || app(&[built("print")?], &["hello"]),
        because: "the code around each call empties its buffer",
    },
];

/// What Example 2 does, and what the other ABI would have changed.
fn extern_c_guarded() -> Result<Verdict> {
    let verdict = app(&[built("panic")?], &["tea"])?;
    let other = child::ask(&["extern-c", "C-unwind"], false)?;
    let full = format!("with C-unwind: {other}\n");
    Ok(Verdict { full, ..verdict })
}
