//! A thread that ends after the library whose code it has called was
//! closed: without a cure, and with each of two.

use std::path::Path;
use std::thread;

use anyhow::{Result, anyhow, bail};
use libloading::Library;

use crate::child;
use crate::guarded::{Verdict, app};
use crate::open;
use crate::variants::{NO_DELETE, build, built};

// ANCHOR: host
pub fn unguarded() -> Result<String> {
    in_a_thread(|| open(built("tls_exit")?))
}

/// Opens a plugin, calls it and closes it, all in one thread.
fn in_a_thread(
    open: impl FnOnce() -> Result<Library> + Send + 'static,
) -> Result<String> {
    let thread = thread::spawn(|| {
        let plugin = open()?;
        // SAFETY: the plugin exports it with this type.
        unsafe { plugin.get::<fn()>("look") }?();
        plugin.close()?;
        anyhow::Ok(())
    });
    let ended = thread.join();
    ended.map_err(|_| anyhow!("the thread has panicked"))??;
    Ok("the thread ends".into())
}
// ANCHOR_END: host

/// The words after `--child` for the host with a cure.
const CURES: [&str; 2] = ["-z nodelete", "RTLD_NODELETE"];

// ANCHOR: cures
/// The same host, with a cure: the linker marks the library as one that
/// stays, or whoever opens it asks for that.
pub fn cured(cure: &str) -> Result<String> {
    match cure {
        "-z nodelete" => {
            in_a_thread(|| open(build(&NO_DELETE, "tls_exit")?))
        }
        "RTLD_NODELETE" => {
            in_a_thread(|| open_for_good(&built("tls_exit")?))
        }
        _ => bail!("{cure}: no such cure"),
    }
}

#[cfg(target_os = "linux")]
fn open_for_good(file: &Path) -> Result<Library> {
    use libloading::os::unix::{Library, RTLD_LOCAL, RTLD_NOW};
    /// As glibc has it; libloading does not name it.
    const RTLD_NODELETE: i32 = 0x1000;
    let flags = RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE;
    // SAFETY: our own plugin, without constructors.
    Ok(unsafe { Library::open(Some(file), flags) }?.into())
}
// ANCHOR_END: cures

#[cfg(not(target_os = "linux"))]
fn open_for_good(_: &Path) -> Result<Library> {
    bail!("only on Linux")
}

/// What Example 2 does, and what the cures do.
pub fn guarded() -> Result<Verdict> {
    let verdict = app(&[built("tls_exit")?], &["look"])?;
    let mut full = String::new();
    for cure in CURES {
        let answer = child::ask(&["tls-exit", cure], true)?;
        full += &format!("with {cure}: {answer}\n");
    }
    Ok(Verdict { full, ..verdict })
}
