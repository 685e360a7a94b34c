//! Lets a plugin register: the host calls the register function, once,
//! and decides whether to keep what the plugin registered.

use std::fmt::Display;

use nutshell_plugin::Interface;

use crate::loader::{Loader, State};
use crate::open::{Opened, Plugin};
use crate::refusal::{Kind, Refusal};
use crate::scan::Candidate;

// ANCHOR: loaded
/// What became of a plugin that was not refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loaded {
    /// It has just registered.
    Registered(Plugin),
    /// It had registered before, perhaps under another name.
    Before(Plugin),
}
// ANCHOR_END: loaded

impl Loader {
    // ANCHOR: register
    /// Calls `call` with the plugin's register function, unless the
    /// plugin has registered before. If `call` returns an error, the
    /// plugin is refused from now on, and its name is free.
    ///
    /// # Errors
    /// The error that `call` returns, as a refusal.
    pub fn register<I: Interface, E: Display>(
        &mut self,
        opened: Opened<I>,
        call: impl FnOnce(I::Register, &Plugin) -> Result<(), E>,
    ) -> Result<Loaded, Refusal> {
        let Opened { plugin, file, register, .. } = opened;
        let Some(register) = register else {
            return Ok(Loaded::Before(plugin));
        };
        // Holds until `call` returns, and for good if it panics.
        self.refuse_from_now_on(
            &plugin,
            file,
            "register did not return",
        );
        match call(register, &plugin) {
            Ok(()) => {
                self.set_state(file, State::Registered);
                self.names
                    .insert(plugin.name.clone(), plugin.place.clone());
                Ok(Loaded::Registered(plugin))
            }
            Err(error) => Err(self.refuse_from_now_on(
                &plugin,
                file,
                &error.to_string(),
            )),
        }
    }
    // ANCHOR_END: register

    fn refuse_from_now_on(
        &mut self,
        plugin: &Plugin,
        file: (u64, u64),
        reason: &str,
    ) -> Refusal {
        let refusal =
            Refusal::new(&plugin.path, Kind::Register, reason);
        self.set_state(file, State::Refused(refusal.clone()));
        self.names.remove(&plugin.name);
        refusal
    }

    /// Does nothing for a plugin that another loader has opened.
    fn set_state(&mut self, file: (u64, u64), state: State) {
        if let Some(entry) = self.libraries.get_mut(&file) {
            entry.state = state;
        }
    }

    // ANCHOR: load
    /// All steps in a row: [`inspect`](Self::inspect),
    /// [`check`](Self::check), [`open`](Self::open) and
    /// [`register`](Self::register).
    ///
    /// # Safety
    /// As for [`open`](Self::open).
    ///
    /// # Errors
    /// The errors of all these steps.
    pub unsafe fn load<I: Interface, E: Display>(
        &mut self,
        candidate: &Candidate,
        call: impl FnOnce(I::Register, &Plugin) -> Result<(), E>,
    ) -> Result<Loaded, Refusal> {
        let found = self.inspect(candidate)?;
        let checked = self.check::<I>(found)?;
        // SAFETY: the caller trusts whoever can write to the file.
        let opened = unsafe { self.open(checked) }?;
        self.register(opened, call)
    }
    // ANCHOR_END: load
}
