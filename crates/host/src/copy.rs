//! Reload without unloading: copies a plugin under a fresh name, to be
//! loaded beside what was loaded before. A file that is loaded is never
//! written to, and what was loaded stays.

mod folder;

use std::env;
use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::Loader;
use crate::inspect::Inspected;
use crate::needs::{Need, needs};
use crate::refusal::{Kind, Refusal};
use crate::scan::Candidate;
use crate::system;

pub(crate) use folder::{Copies, Copy};

impl Loader {
    // ANCHOR: copy
    /// Copies a plugin, so that its next build can be loaded while this
    /// process runs. Load the copy as any other file, with
    /// [`load`](Self::load) or step by step; it has the plugin's path
    /// and name. If it registers, it is the plugin's new generation.
    /// Otherwise the generation before it keeps the name.
    ///
    /// Every generation stays in memory, because what it has registered
    /// may be in use. Its statics are its own and begin anew. So this
    /// is for development.
    ///
    /// The copies are in a private folder below [`env::temp_dir`], which
    /// must allow that its files are executed. The newest of each plugin
    /// stays there, for debuggers, until the loader is dropped.
    ///
    /// # Errors
    /// If the file would be refused by [`inspect`](Self::inspect), is
    /// being written to, or brings libraries along that a copy in
    /// another folder would not find; or if it cannot be copied.
    pub fn copy(
        &mut self,
        file: &Candidate,
    ) -> Result<Candidate, Refusal> {
        let mut file = file.clone();
        file.copy = None;
        let found = self.inspect(&file)?;
        let refuse =
            |kind, reason| Refusal::new(file.path(), kind, reason);
        let to = env::temp_dir();
        let failed = |error: io::Error| {
            let why = format!("{}: {error}", to.display());
            refuse(Kind::Copy, format!("it cannot be copied: {why}"))
        };
        let copies = match self.copies.take() {
            Some(copies) => copies,
            None => Copies::new(&to).map_err(failed)?,
        };
        let copies = self.copies.insert(copies);
        let copy = copies.add(&found).map_err(failed)?;
        check_copy(&found, &copy.path)
            .map_err(|(kind, reason)| refuse(kind, reason))?;
        file.copy = Some(Arc::new(copy));
        Ok(file)
    }
    // ANCHOR_END: copy
}

/// Whether the copy is whole, and finds what the plugin brings along.
fn check_copy(
    found: &Inspected,
    copy: &Path,
) -> Result<(), (Kind, String)> {
    let now = found
        .file
        .metadata()
        .and_then(|metadata| system::identity(&found.file, &metadata));
    if !now.is_ok_and(|now| now == found.identity) {
        let reason = "it was changed while it was copied; try again";
        return Err((Kind::Replaced, reason.to_owned()));
    }
    let trust = found.trust;
    let brought = needs(&found.library, copy, trust)
        .map_err(|reason| (Kind::Needs, reason))?;
    let is_lost =
        |need: &&Need| !brought.iter().any(|n| n.path == need.path);
    match found.needs.iter().find(is_lost) {
        None => Ok(()),
        Some(lost) => Err((
            Kind::Needs,
            format!(
                "it brings {} along, which a copy of it in another \
                 folder does not find",
                lost.name
            ),
        )),
    }
}
