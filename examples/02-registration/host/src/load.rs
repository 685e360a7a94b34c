//! From a folder to registered plugins, step by step. The code of each
//! step is in the file of that name in `crates/host/src`.

use std::path::Path;

use command_api::Interface;
use command_api::nutshell_plugin::Outcome;
use nutshell_host::{
    Candidate, Checked, Kind, Loaded, Loader, PluginLog, Refusal,
};

use crate::registry::Registry;

/// What a folder contains besides the plugins that registered.
#[derive(Debug, Default)]
pub struct Report {
    /// The files that were refused, in the order of their names.
    pub refused: Vec<Refusal>,
    /// Libraries that are not plugins, with a plugin that needs each.
    pub needed: Vec<(Candidate, String)>,
}

// ANCHOR: load_folder
/// Loads every plugin of the folder. A refused one is reported, and
/// does not keep the others from loading.
///
/// # Safety
/// Opening a library runs its constructors, and a descriptor is text
/// that anybody can write. So you must trust everybody who can write to
/// the folder to run code in this process.
///
/// # Errors
/// If the folder cannot be read, or others may write to it.
pub unsafe fn load_folder(
    folder: &Path,
    loader: &mut Loader,
    registry: &mut Registry,
) -> Result<Report, Refusal> {
    let mut refused = Vec::new();
    // Check a batch, then open it: the system's loader walks through
    // all open libraries, and checks in between slow it down.
    for files in loader.scan(folder)?.chunks(128) {
        let checked: Vec<_> =
            files.iter().map(|file| check(file, loader)).collect();
        for (file, plugin) in files.iter().zip(checked) {
            // SAFETY: the caller trusts whoever writes to the folder.
            let loaded = plugin.and_then(|plugin| unsafe {
                open(plugin, loader, registry)
            });
            if let Err(reason) = loaded {
                refused.push((file.clone(), reason));
            }
        }
    }
    Ok(report(refused, loader))
}
// ANCHOR_END: load_folder

/// Loads a single plugin, for a host without a folder of plugins.
///
/// # Safety
/// As for [`load_folder`].
///
/// # Errors
/// Why it was refused.
pub unsafe fn load(
    file: &Candidate,
    loader: &mut Loader,
    registry: &mut Registry,
) -> Result<Loaded, Refusal> {
    let plugin = check(file, loader)?;
    // SAFETY: the caller trusts whoever can write to the file.
    unsafe { open(plugin, loader, registry) }
}

/// Separates libraries that a plugin needs from broken plugins.
fn report(
    refused: Vec<(Candidate, Refusal)>,
    loader: &Loader,
) -> Report {
    let mut report = Report::default();
    for (file, reason) in refused {
        let by = loader.needed_by(&file).map(str::to_owned);
        match by.filter(|_| reason.kind == Kind::NotAPlugin) {
            Some(plugin) => report.needed.push((file, plugin)),
            None => report.refused.push(reason),
        }
    }
    report
}

// ANCHOR: check
/// Inspects a file, and compares its build with that of this app.
fn check(
    file: &Candidate,
    loader: &mut Loader,
) -> Result<Checked<Interface>, Refusal> {
    // ANCHOR: steps
    // None of its code runs until it agrees.
    let found = loader.inspect(file)?;
    let checked = loader.check::<Interface>(found)?;
    // ANCHOR_END: steps
    Ok(checked)
}
// ANCHOR_END: check

// ANCHOR: open
/// Opens a plugin and lets it register. Afterwards, either its commands
/// are in the registry, or it is refused and the registry is unchanged.
///
/// # Safety
/// As for [`load_folder`].
unsafe fn open(
    plugin: Checked<Interface>,
    loader: &mut Loader,
    registry: &mut Registry,
) -> Result<Loaded, Refusal> {
    // SAFETY: the caller trusts whoever can write to the file.
    let opened = unsafe { loader.open(plugin) }?;
    loader.register(opened, |register, plugin| {
        let name = plugin.name();
        let log = PluginLog::leak(name);
        // ANCHOR: commit
        let mut transaction =
            registry.transaction(name, plugin.folder());
        let mut error = String::new();
        let what = match register(&mut transaction, log, &mut error) {
            Outcome::Done => {
                transaction.commit();
                return Ok(());
            }
            Outcome::Failed => "failed",
            Outcome::Panicked => "panicked",
        };
        Err(format!("register {what}: {error}"))
        // ANCHOR_END: commit
    })
}
// ANCHOR_END: open
