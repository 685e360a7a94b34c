//! What the host remembers about all that it has loaded. A process has
//! one [`Loader`], for any number of folders and calls.

use std::any::TypeId;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::copy::{Copies, Copy};
use crate::descriptor::Descriptor;
use crate::inspect::Inspected;
use crate::refusal::{Kind, Refusal};
use crate::trust::Trust;

// ANCHOR: loader
/// Loads plugins, each file once and each name once. Make one loader
/// for the process: a second one would not know what the first has
/// loaded, and would call the same register functions again.
///
/// Nothing is ever unloaded.
#[derive(Debug, Default)]
pub struct Loader {
    pub(crate) trust: Trust,
    /// The facts of this program, for each of its interfaces.
    pub(crate) own: HashMap<TypeId, Descriptor>,
    /// Each file that was opened, by its device and number. No other
    /// file gets these, because a loaded library keeps its file alive.
    pub(crate) libraries: HashMap<(u64, u64), Entry>,
    /// Each name that is taken, and who has it.
    pub(crate) names: HashMap<String, Owner>,
    /// Each library that a plugin needs, and the plugin's name.
    pub(crate) brought_by: HashMap<(u64, u64), String>,
    /// Where copies of plugins go, once there is one.
    pub(crate) copies: Option<Copies>,
}
// ANCHOR_END: loader

impl Loader {
    /// A loader that has loaded nothing, and takes files from everybody
    /// whom `trust` allows.
    pub fn new(trust: Trust) -> Self {
        Self { trust, ..Self::default() }
    }
}

/// Who has a name.
#[derive(Debug)]
pub(crate) struct Owner {
    /// The path of the plugin's file, without links.
    pub place: PathBuf,
    /// The copy of it that was loaded, if it was a copy.
    pub copy: Option<Arc<Copy>>,
}

/// A file that is open.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Its size and the time of its last change when it was opened.
    written: (u64, [i64; 2]),
    pub state: State,
}

#[derive(Debug)]
pub(crate) enum State {
    Opened,
    Registered,
    Refused(Refusal),
}

impl Entry {
    pub fn new(found: &Inspected, refused: Option<&Refusal>) -> Self {
        let state = match refused {
            Some(refusal) => State::Refused(refusal.clone()),
            None => State::Opened,
        };
        Self { written: found.identity.state, state }
    }

    // ANCHOR: answer
    /// The result for a caller that loads the file again.
    pub fn answer(&self, found: &Inspected) -> Result<(), Refusal> {
        let refuse =
            |kind, reason| Err(Refusal::new(&found.path, kind, reason));
        match &self.state {
            State::Refused(refusal) => Err(refusal.clone()),
            _ if self.written != found.identity.state => refuse(
                Kind::Replaced,
                "it was changed since it was loaded; start again",
            ),
            State::Registered => Ok(()),
            State::Opened => refuse(
                Kind::Register,
                "it is open, but its register function was not called",
            ),
        }
    }
    // ANCHOR_END: answer
}
