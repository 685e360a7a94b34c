//! A folder of plugins, and the filters of those that registered.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::SystemTime;

use filter_api::nutshell_plugin::Interface as _;
use nutshell_host::{
    Candidate, Kind, Loaded, Loader, Refusal, Trust, plugin_name,
};

use crate::filters::Filters;
use crate::load::load;

/// The plugins of a folder.
pub struct Room {
    folder: PathBuf,
    loader: Loader,
    filters: Filters,
    /// Whether copies are loaded, so that a plugin can be built anew.
    reloads: bool,
    /// The state of each file when it was last looked at.
    seen: BTreeMap<PathBuf, Option<(u64, SystemTime)>>,
}

impl Room {
    /// A room that has loaded nothing yet.
    pub fn new(folder: PathBuf, reloads: bool) -> Self {
        let (filters, seen) = Default::default();
        let loader = Loader::new(Trust::default());
        Self { folder, loader, filters, reloads, seen }
    }

    /// What the plugins offer now.
    pub fn filters(&self) -> &Filters {
        &self.filters
    }

    // ANCHOR: load_changed
    /// Loads each plugin that is new or has changed. Returns the names
    /// of those that registered, and why others were refused.
    ///
    /// # Safety
    /// Whoever can write to the folder may run code in this process.
    ///
    /// # Errors
    /// If the folder cannot be read, or others may write to it.
    pub unsafe fn load_changed(
        &mut self,
    ) -> Result<(Vec<String>, Vec<String>), Refusal> {
        let (mut loaded, mut refused) = (Vec::new(), Vec::new());
        for file in self.loader.scan(&self.folder)? {
            let written = written(&file);
            let path = file.path().to_owned();
            if self.seen.insert(path, written) == Some(written) {
                continue;
            }
            // SAFETY: the caller trusts who can write to the folder.
            match unsafe { self.load(&file) } {
                Ok(Loaded::Registered(plugin)) => {
                    loaded.push(plugin.name().to_owned());
                }
                Ok(Loaded::Before(_)) => {}
                Err(refusal) => refused.push((file, refusal)),
            }
        }
        // A library that a plugin needs is not a broken plugin.
        refused.retain(|(file, refusal)| {
            refusal.kind != Kind::NotAPlugin
                || self.loader.needed_by(file).is_none()
        });
        let refused = refused.iter().map(|(_, r)| self.explain(r));
        Ok((loaded, refused.collect()))
    }

    // ANCHOR: load
    /// # Safety
    /// Whoever can write to the file may run code in this process.
    unsafe fn load(
        &mut self,
        file: &Candidate,
    ) -> Result<Loaded, Refusal> {
        let copy = match self.reloads {
            true => &self.loader.copy(file)?,
            false => file,
        };
        // SAFETY: the caller trusts whoever can write to the file.
        unsafe { load(copy, &mut self.loader, &mut self.filters) }
    }
    // ANCHOR_END: load
    // ANCHOR_END: load_changed

    /// The refusal, a cure if there is one, and whether an older build
    /// goes on.
    fn explain(&self, refusal: &Refusal) -> String {
        let cure = match refusal.kind {
            Kind::AnybodyWrites => {
                "; take that away with chmod o-w".to_owned()
            }
            Kind::NotAPlugin => {
                ", which filter_api::plugin! makes".to_owned()
            }
            Kind::Incompatible => format!(
                "; build it with the compiler of this app, and version \
                 {} or {} of filter-api",
                filter_api_1::Interface::FACTS.version,
                filter_api::Interface::FACTS.version
            ),
            _ => String::new(),
        };
        let name = plugin_name(&refusal.path);
        let is_there = self.filters.iter().any(|e| e.plugin == name);
        let goes_on = match is_there {
            true => "; the one before it goes on",
            false => "",
        };
        format!("{refusal}{cure}{goes_on}")
    }
}

/// A file's size and the time of its last change.
fn written(file: &Candidate) -> Option<(u64, SystemTime)> {
    let metadata = file.path().metadata().ok()?;
    Some((metadata.len(), metadata.modified().ok()?))
}
