//! From a file to a registered plugin: read its descriptor, open it,
//! call its register function. Whatever is wrong is a refusal of this
//! one file.

use std::collections::HashSet;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail, ensure};
use libloading::Library;
use log::debug;
use plugin_api::boundary::{Level, Log, Outcome, Register};
use plugin_api::descriptor::SIZE;

use crate::agreement;
use crate::descriptor::{self, Descriptor};
use crate::output::one_line;
use crate::registry::{Registry, never_unwind};
use crate::scan::{self, Trust};

/// Loads plugins, each library once.
pub struct Loader {
    own: Descriptor,
    trust: Trust,
    loaded: HashSet<usize>,
}

impl Loader {
    /// One that has loaded nothing.
    pub fn new(trust: Trust) -> Self {
        let (own, loaded) = (Descriptor::own(), HashSet::new());
        Self { own, trust, loaded }
    }

    // ANCHOR: load
    /// Loads one plugin: its commands are in the registry afterwards,
    /// or there is an error and the registry is as it was.
    ///
    /// # Errors
    /// The reason why it was refused, as the user should read it.
    pub fn load(
        &mut self,
        path: &Path,
        registry: &mut Registry,
    ) -> Result<()> {
        let metadata = path.metadata()?;
        ensure!(metadata.is_file(), "not a file");
        scan::check_permissions(&metadata, self.trust)?;

        // ANCHOR: ask
        // None of its code has run until it agrees.
        let theirs = descriptor::read(path)?;
        agreement::check(&theirs, &self.own)?;
        // ANCHOR_END: ask

        // SAFETY: opening runs the library's constructors. Who may
        // write to the plugin folder is trusted with that.
        let library = unsafe { open(path) }?;
        // Rule 3, never unload: it may have started threads, and the
        // registry is going to point into it.
        let library = Box::leak(Box::new(library));
        check_still_the_same(library, &theirs)?;

        // SAFETY: the library agrees, so the macro `plugin!` of our api
        // and our compiler gave this symbol this type.
        let register =
            unsafe { *library.get::<Register>("plugin_register")? };
        if self.loaded.insert(register as usize) {
            return call_register(register, path, registry);
        }
        debug!("{}: loaded before", scan::shown(path));
        Ok(())
    }
    // ANCHOR_END: load
}

// ANCHOR: register
fn call_register(
    register: Register,
    path: &Path,
    registry: &mut Registry,
) -> Result<()> {
    let name = scan::plugin_name(path);
    let folder = path.parent().context("it has no folder")?;
    let log = Box::leak(Box::new(PluginLog(name.clone())));
    // ANCHOR: commit
    let mut transaction = registry.transaction(&name, folder);
    let mut error = String::new();
    let what = match register(&mut transaction, log, &mut error) {
        Outcome::Done => {
            transaction.commit();
            return Ok(());
        }
        Outcome::Failed => "failed",
        Outcome::Panicked => "panicked",
    };
    bail!("register {what}: {}", one_line(&error))
    // ANCHOR_END: commit
}
// ANCHOR_END: register

/// Between reading the file and opening it, another may have taken its
/// place. Its constructors have run then, but nothing is called.
fn check_still_the_same(
    library: &Library,
    theirs: &Descriptor,
) -> Result<()> {
    // SAFETY: a library that agrees has an array of this type there.
    let loaded = unsafe {
        library.get::<*const [u8; SIZE]>("PLUGIN_DESCRIPTOR")
    }?;
    // SAFETY: the address of a static of a library that stays open.
    let loaded = unsafe { &**loaded };
    ensure!(
        theirs.is_of(loaded),
        "replaced while it was loaded; start again"
    );
    Ok(())
}

/// All symbols are found now, not at their first call, and stay private
/// to the library, so that plugins cannot run each other's functions.
///
/// # Safety
/// As for `Library::new`: the library's constructors run.
unsafe fn open(path: &Path) -> Result<Library> {
    #[cfg(unix)]
    use libloading::os::unix::{Library as Unix, RTLD_LOCAL, RTLD_NOW};
    #[cfg(unix)]
    // SAFETY: the caller has accepted what the constructors do.
    let opened =
        unsafe { Unix::open(Some(path), RTLD_NOW | RTLD_LOCAL) }
            .map(Library::from);
    #[cfg(not(unix))]
    // SAFETY: the caller has accepted what the constructors do.
    let opened = unsafe { Library::new(path) };
    opened.map_err(|error| {
        // The caller names the file; the system does so once more.
        let prefix = format!("{}: ", path.display());
        let text = format!("{:#}", anyhow::Error::from(error));
        anyhow!("{}", text.replace(&prefix, ""))
    })
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
            let level = level_of(level);
            log::log!(target: &self.0, level, "{}", one_line(message));
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
