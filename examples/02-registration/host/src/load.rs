//! From a file to a registered plugin: open it, ask for its handshake,
//! call its register function. Whatever is wrong is a refusal of this
//! one file.

use std::path::Path;

use anyhow::{Context, Result, anyhow, bail, ensure};
use libloading::Library;
use log::log;
use plugin_api::Level;
use plugin_api::boundary::{Handshake, Log, Outcome, Register};

use crate::registry::{Registry, never_unwind};
use crate::scan;

// ANCHOR: load
/// Loads one plugin; its commands are in the registry afterwards, or
/// there is an error and the registry is as it was.
///
/// # Errors
/// The reason why the file was refused, as the user should read it.
pub fn load(path: &Path, registry: &mut Registry) -> Result<()> {
    ensure!(path.metadata()?.is_file(), "it is not a file");
    // SAFETY: opening runs the library's constructors. Who may write
    // to the plugin folder is trusted with that.
    let library = unsafe { open(path) }.map_err(|error| {
        // The caller names the file; the system does so once more.
        let prefix = format!("{}: ", path.display());
        anyhow!("{}", format!("{error:#}").replace(&prefix, ""))
    })?;
    // Rule 3, never unload: a refused library may have left threads
    // behind, and the registry points into one that is accepted.
    let library = Box::leak(Box::new(library));

    check_handshake(library)?;

    // SAFETY: the handshake says that the library was made by the
    // macro `plugin!` of our version of the api, which gives this
    // symbol this type. Nothing says that our compiler made it.
    let register =
        unsafe { *library.get::<Register>("plugin_register")? };

    let name = scan::plugin_name(path);
    let folder = path.parent().context("it has no folder")?;
    let log = Box::leak(Box::new(PluginLog(name.clone())));
    let mut transaction = registry.transaction(&name, folder);
    let mut error = String::new();
    match register(&mut transaction, log, &mut error) {
        Outcome::Done => transaction.commit(),
        Outcome::Failed => bail!("register failed: {error}"),
        Outcome::Panicked => bail!("register panicked: {error}"),
    }
    Ok(())
}
// ANCHOR_END: load

// ANCHOR: handshake
fn check_handshake(library: &Library) -> Result<()> {
    // SAFETY: whatever has this name is read as 32 bytes, no pointers.
    let theirs =
        unsafe { library.get::<*const Handshake>("PLUGIN_HANDSHAKE") }
            .ok()
            .context(
                "not a plugin: no PLUGIN_HANDSHAKE in it, which \
                 plugin_api::plugin! makes",
            )?;
    // SAFETY: the address of a static of a library that is open.
    let theirs = unsafe { &**theirs }
        .api_version()
        .context("its PLUGIN_HANDSHAKE is not one of plugin-api")?;
    let ours = Handshake::CURRENT.api_version().unwrap_or_default();
    ensure!(
        theirs == ours,
        "built with plugin-api {theirs}, this app with {ours}; \
         rebuild it with plugin-api {ours}"
    );
    Ok(())
}
// ANCHOR_END: handshake

/// All symbols are found now, not at their first call, and stay private
/// to the library, so that plugins cannot run each other's functions.
///
/// # Safety
/// As for `Library::new`: the library's constructors run.
#[cfg(unix)]
unsafe fn open(path: &Path) -> Result<Library> {
    use libloading::os::unix;
    let flags = unix::RTLD_NOW | unix::RTLD_LOCAL;
    // SAFETY: the caller has accepted what the constructors do.
    Ok(unsafe { unix::Library::open(Some(path), flags) }?.into())
}

/// On Windows symbols are always private to their library.
///
/// # Safety
/// As for `Library::new`: the library's constructors run.
#[cfg(not(unix))]
unsafe fn open(path: &Path) -> Result<Library> {
    // SAFETY: the caller has accepted what the constructors do.
    Ok(unsafe { Library::new(path) }?)
}

/// The host's log for one plugin: each line bears the plugin's name.
struct PluginLog(String);

impl Log for PluginLog {
    fn enabled(&self, level: Level) -> bool {
        never_unwind(
            false,
            || log::log_enabled!(target: &self.0, level_of(level)),
        )
    }

    fn log(&self, level: Level, message: &str) {
        never_unwind((), || {
            log!(target: &self.0, level_of(level), "{message}");
        });
    }
}

fn level_of(level: Level) -> log::Level {
    match level {
        Level::Error => log::Level::Error,
        Level::Warn => log::Level::Warn,
        Level::Info => log::Level::Info,
        Level::Debug => log::Level::Debug,
        Level::Trace => log::Level::Trace,
    }
}
