//! From a file to a registered plugin: read its descriptor, open it,
//! call its register function. Whatever is wrong is a refusal of this
//! one file.

use std::collections::HashSet;
use std::mem::ManuallyDrop;
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

/// Loads plugins, each library once and each name once.
pub struct Loader {
    own: Descriptor,
    trust: Trust,
    names: HashSet<String>,
    loaded: HashSet<usize>,
}

impl Loader {
    /// One that has loaded nothing.
    pub fn new(trust: Trust) -> Self {
        let (names, loaded) = Default::default();
        Self { own: Descriptor::own(), trust, names, loaded }
    }

    // ANCHOR: load
    /// Asks a library what it is; none of its code runs. An error is
    /// the reason why it is refused, as the user should read it.
    pub fn ask(&self, path: &Path) -> Result<Descriptor> {
        let metadata = path.metadata()?;
        ensure!(metadata.is_file(), "not a file");
        scan::check_permissions(&metadata, self.trust)?;

        // ANCHOR: ask
        // None of its code has run until it agrees.
        let theirs = descriptor::read(path)?;
        agreement::check(&theirs, &self.own)?;
        // ANCHOR_END: ask
        Ok(theirs)
    }

    /// Loads a plugin that agrees: its commands are in the registry
    /// afterwards, or there is an error and the registry is as it was.
    ///
    /// # Safety
    /// `theirs` is what [`ask`](Self::ask) said of this file, and
    /// whoever can write to the file is trusted to run code here.
    ///
    /// # Errors
    /// The reason why it was refused, as the user should read it.
    pub unsafe fn load(
        &mut self,
        path: &Path,
        theirs: &Descriptor,
        registry: &mut Registry,
    ) -> Result<()> {
        // SAFETY: the caller trusts the library's constructors.
        let library = unsafe { open(path) }?;
        // Rule 3, never unload: it may have started threads, and the
        // registry is going to point into it.
        let library = ManuallyDrop::new(library);
        check_still_the_same(&library, theirs)?;

        // SAFETY: the library agrees, so the macro `plugin!` of our api
        // and our compiler gave this symbol this type.
        let symbol = unsafe {
            library.get::<Option<Register>>("plugin_register")
        };
        let Some(register) = symbol.ok().and_then(|symbol| *symbol)
        else {
            bail!("it has a descriptor, but no plugin_register");
        };
        if !self.loaded.insert(register as usize) {
            debug!("{}: loaded before", scan::shown(path));
            return Ok(());
        }
        let name = scan::plugin_name(path);
        ensure!(!name.is_empty(), "its file has no name of its own");
        let is_new = self.names.insert(name.clone());
        ensure!(is_new, "another plugin is called {name}");
        call_register(register, path, &name, registry)
    }
    // ANCHOR_END: load
}

// ANCHOR: register
fn call_register(
    register: Register,
    path: &Path,
    name: &str,
    registry: &mut Registry,
) -> Result<()> {
    let folder = path.parent().context("it has no folder")?;
    let log = Box::leak(Box::new(PluginLog(name.to_owned())));
    // ANCHOR: commit
    let mut transaction = registry.transaction(name, folder);
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

// ANCHOR: same
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
    ensure!(!loaded.is_null(), "its PLUGIN_DESCRIPTOR is nowhere");
    // SAFETY: the address of a static of a library that stays open.
    let loaded = unsafe { &**loaded };
    ensure!(
        theirs.is_of(loaded),
        "replaced while it was loaded; start again"
    );
    Ok(())
}
// ANCHOR_END: same

// ANCHOR: open
/// All symbols are found now, not at their first call, and stay private
/// to the library, so that plugins cannot run each other's functions.
///
/// # Safety
/// As for `Library::new`: the library's constructors run.
unsafe fn open(path: &Path) -> Result<Library> {
    // Some loaders replace $ORIGIN and the like, and would open a file
    // that is not the one that was read.
    let bytes = path.as_os_str().as_encoded_bytes();
    ensure!(
        !bytes.contains(&b'$'),
        "its path has a $ in it; rename it"
    );
    #[cfg(unix)]
    // SAFETY: the caller has accepted what the constructors do.
    let opened = unsafe {
        use libloading::os::unix::{self, RTLD_LOCAL, RTLD_NOW};
        unix::Library::open(Some(path), RTLD_NOW | RTLD_LOCAL)
    };
    // On Windows symbols are always private. What the library needs is
    // searched beside it, not in the current folder.
    #[cfg(windows)]
    // SAFETY: the caller has accepted what the constructors do.
    let opened = unsafe {
        use libloading::os::windows::{
            self, LOAD_LIBRARY_SEARCH_DEFAULT_DIRS,
            LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR,
        };
        windows::Library::load_with_flags(
            path,
            LOAD_LIBRARY_SEARCH_DEFAULT_DIRS
                | LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR,
        )
    };
    opened.map(Library::from).map_err(|error| {
        // The caller names the file; the system does so once more.
        let prefix = format!("{}: ", path.display());
        let text = format!("{:#}", anyhow::Error::from(error));
        anyhow!("{}", text.replace(&prefix, ""))
    })
}
// ANCHOR_END: open

// ANCHOR: log
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
// ANCHOR_END: log

fn level_of(level: Level) -> log::Level {
    match level {
        Level::Error => log::Level::Error,
        Level::Warn => log::Level::Warn,
        Level::Info => log::Level::Info,
        Level::Debug => log::Level::Debug,
        Level::Trace => log::Level::Trace,
    }
}
