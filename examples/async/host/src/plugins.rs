//! The plugins of a folder, for the tasks of this host to call.

use std::path::Path;

use anyhow::{Result, bail};
use app::load_folder;
use app::registry::Registry;
use command_api::nutshell_plugin::Outcome;
use nutshell_host::text::printable;
use nutshell_host::{Loader, Trust};

/// What the plugins have registered; any task may call it.
#[derive(Clone, Copy)]
pub struct Plugins(&'static Registry);

/// Loads the folder as Example 2 does, and gives up if a plugin of it
/// is refused.
pub fn load(folder: &Path) -> Result<Plugins> {
    let mut loader = Loader::new(Trust::NoOthers);
    let mut registry = Registry::new(&[]);
    // SAFETY: the user names a folder whose libraries may run here.
    let loaded =
        unsafe { load_folder(folder, &mut loader, &mut registry) };
    if let Some(refusal) = loaded?.refused.first() {
        bail!("{}", printable(refusal));
    }
    Ok(Plugins(Box::leak(Box::new(registry))))
}

impl Plugins {
    // ANCHOR: call
    /// Runs a command, and returns what it wrote or how it failed. The
    /// thread that calls this waits until the command has returned.
    pub fn call(self, name: &str, words: &[&str]) -> Result<String> {
        let Some(entry) = self.0.get(name) else {
            bail!("{name}: no plugin registered it");
        };
        let (mut out, mut error) = (String::new(), String::new());
        let outcome = entry.command.run(words, &mut out, &mut error);
        Ok(match outcome {
            Outcome::Done => out.trim_end().to_owned(),
            Outcome::Failed => format!("failed: {}", printable(error)),
            Outcome::Panicked => {
                format!("panicked: {}", printable(error))
            }
        })
    }
    // ANCHOR_END: call
}
