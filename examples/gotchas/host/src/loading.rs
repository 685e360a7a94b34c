//! What happens when a library is opened, and to its file afterwards.
//! Each function here is a host that takes no care, and returns the
//! answer that it got. The folder it runs in is empty at first.

use std::env::consts::DLL_SUFFIX;
use std::fs;
use std::path::Path;
use std::thread::JoinHandle;

use anyhow::Result;
use libloading::Library;

use crate::gotchas::Gotcha;
#[cfg(not(unix))]
use crate::gotchas::NOT_HERE;
use crate::guarded::{Verdict, app, app_in, folder, folder_of};
use crate::open;
use crate::soname;
use crate::variants::{PANIC_ABORT, build, built};

// ANCHOR: init
pub fn init() -> Result<String> {
    open(&built("init")?)?;
    let exists = Path::new("constructed").exists();
    Ok(if exists { "a file was made" } else { "no file" }.into())
}
// ANCHOR_END: init

// ANCHOR: global
#[cfg(unix)]
pub fn global() -> Result<String> {
    use libloading::os::unix::{Library, RTLD_GLOBAL, RTLD_NOW};
    let (first, second) =
        (built("global_first")?, built("global_second")?);
    // SAFETY: both are ours, and have no constructors.
    let (_first, second) = unsafe {
        (
            Library::open(Some(first), RTLD_NOW | RTLD_GLOBAL)?,
            Library::open(Some(second), RTLD_NOW | RTLD_GLOBAL)?,
        )
    };
    // SAFETY: the plugin exports it with this type.
    let greet =
        unsafe { second.get::<fn() -> &'static str>(b"greet") }?;
    Ok(greet().into())
}
// ANCHOR_END: global

#[cfg(not(unix))]
pub fn global() -> Result<String> {
    Ok(NOT_HERE.into())
}

// ANCHOR: bare
/// `LD_LIBRARY_PATH` names another folder, with another such file.
pub fn bare() -> Result<String> {
    let file = bare_file();
    fs::copy(built("global_first")?, Path::new(".").join(&file))?;
    // SAFETY: ours, and without constructors.
    let plugin = unsafe { Library::new(&file) }?;
    // SAFETY: the plugin exports it with this type.
    let greet = unsafe { plugin.get::<fn() -> &'static str>("greet") }?;
    Ok(greet().into())
}
// ANCHOR_END: bare

pub fn bare_file() -> String {
    format!("greeter{DLL_SUFFIX}")
}

// ANCHOR: overwrite
pub fn overwrite() -> Result<String> {
    let file = Path::new("./overwritten");
    fs::copy(built("overwrite")?, file)?;
    let plugin = open(file)?;
    fs::write(file, "")?;
    // SAFETY: none; the file is no longer what was opened.
    let answer = unsafe { plugin.get::<fn() -> u32>("answer") }?;
    Ok(answer().to_string())
}
// ANCHOR_END: overwrite

// ANCHOR: thread
/// The answer is what arrives on stdout.
pub fn thread() -> Result<String> {
    let plugin = open(&built("thread")?)?;
    // SAFETY: the plugin exports it with this type.
    unsafe { plugin.get::<fn() -> JoinHandle<()>>("save") }?();
    // Not even closed: its code must stay for the thread.
    std::mem::forget(plugin);
    Ok(String::new())
}
// ANCHOR_END: thread

pub const GOTCHAS: &[Gotcha] = &[
    Gotcha {
        name: "init",
        what: "code that runs before any symbol is looked up",
        right: "no file",
        undefined: false,
        elsewhere: None,
        unguarded: init,
        guarded: || init_guarded(),
        because: "reading the descriptor runs nothing",
    },
    Gotcha {
        name: "global",
        what: "a call to its own function, with RTLD_GLOBAL",
        right: "second",
        undefined: false,
        elsewhere: Some(
            "it was seen with RTLD_GLOBAL of glibc's loader",
        ),
        unguarded: global,
        guarded: || {
            app(
                &[built("global_first")?, built("global_second")?],
                &["second"],
            )
        },
        because: "the host opens with RTLD_LOCAL",
    },
    Gotcha {
        name: "bare",
        what: "a file name without a folder",
        right: "first",
        undefined: false,
        elsewhere: Some(
            "it was seen with LD_LIBRARY_PATH and glibc's loader",
        ),
        unguarded: bare,
        guarded: || bare_guarded(),
        because: "the host opens absolute paths only",
    },
    Gotcha {
        name: "soname",
        what: "two plugins that need two versions of a library",
        right: "version 2",
        undefined: false,
        elsewhere: Some("it was seen with SONAMEs and glibc's loader"),
        unguarded: soname::unguarded,
        guarded: soname::guarded,
        because: "the host looks at what a plugin needs",
    },
    Gotcha {
        name: "overwrite",
        what: "a library that is overwritten while it is open",
        right: "42",
        undefined: true,
        elsewhere: Some(
            "it was seen on Linux; Windows keeps writers out",
        ),
        unguarded: overwrite,
        guarded: || overwrite_guarded(),
        because: "no host can help; a renamed file leaves the old one",
    },
    Gotcha {
        name: "thread",
        what: "a thread of the plugin, when the host exits",
        right: "saved",
        undefined: false,
        elsewhere: None,
        unguarded: thread,
        guarded: || thread_guarded(),
        because: "no host can help: a command waits for its threads",
    },
];

/// With the same mistake as in `abort`, so that it is refused.
fn init_guarded() -> Result<Verdict> {
    let folder = folder_of(&[build(&PANIC_ABORT, "init")?])?;
    let verdict = app_in(folder.path(), &[], &[])?;
    let exists = folder.path().join("constructed").exists();
    let file = if exists { "a file" } else { "no file" };
    let short = format!("{}, {file}", verdict.short);
    Ok(Verdict { short, ..verdict })
}

fn bare_guarded() -> Result<Verdict> {
    let (here, elsewhere) = (folder()?, folder()?);
    let file = bare_file();
    fs::copy(built("global_first")?, here.path().join(&file))?;
    fs::copy(built("global_second")?, elsewhere.path().join(&file))?;
    let path = ("LD_LIBRARY_PATH", elsewhere.path());
    app_in(here.path(), &["first"], &[path])
}

/// Once as it should be, once as it should not.
fn overwrite_guarded() -> Result<Verdict> {
    let plugins = [built("overwrite")?];
    let renamed = app(&plugins, &["replace"])?;
    let in_place = app(&plugins, &["damage"])?;
    let answer = renamed.full.trim();
    let short = format!("{answer}; in place: {}", in_place.short);
    Ok(Verdict { short, full: renamed.full + &in_place.full })
}

/// Once as it is, once as it should be.
fn thread_guarded() -> Result<Verdict> {
    let plugins = [built("thread")?];
    let lost = app(&plugins, &["save"])?;
    let waited = app(&plugins, &["wait"])?;
    let short =
        format!("{}; joined: {}", lost.short, waited.full.trim());
    Ok(Verdict { short, full: lost.full + &waited.full })
}
