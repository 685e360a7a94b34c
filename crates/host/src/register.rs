//! Lets a plugin register: the host calls the register function, once,
//! and decides whether to keep what the plugin registered.

use std::fmt::Display;

use nutshell_plugin::Interface;

use crate::inspect::Inspected;
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
        let Opened { plugin, file, owner, before, register, .. } =
            opened;
        let Some(register) = register else {
            return Ok(Loaded::Before(plugin));
        };
        // Holds until `call` returns, and for good if it panics.
        let refusal = Refusal::new(
            &plugin.path,
            Kind::Register,
            "register did not return",
        );
        self.set_state(file, State::Refused(refusal));
        let name = plugin.name.clone();
        match before {
            // The generation before this one is still there.
            Some(before) => self.names.insert(name.clone(), before),
            None => self.names.remove(&name),
        };
        match call(register, &plugin) {
            Ok(()) => {
                self.set_state(file, State::Registered);
                self.names.insert(name, owner);
                Ok(Loaded::Registered(plugin))
            }
            Err(error) => {
                let reason = error.to_string();
                let refusal =
                    Refusal::new(&plugin.path, Kind::Register, reason);
                self.set_state(file, State::Refused(refusal.clone()));
                Err(refusal)
            }
        }
    }
    // ANCHOR_END: register

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
        // SAFETY: the caller trusts whoever can write to the file.
        unsafe { self.load_inspected::<I, E>(found, call) }
    }
    // ANCHOR_END: load

    /// The steps after [`inspect`](Self::inspect), for a host that takes
    /// several versions of an interface and chooses the type `I` by
    /// [`Inspected::is_for`].
    ///
    /// # Safety
    /// As for [`open`](Self::open).
    ///
    /// # Errors
    /// The errors of these steps.
    pub unsafe fn load_inspected<I: Interface, E: Display>(
        &mut self,
        found: Inspected,
        call: impl FnOnce(I::Register, &Plugin) -> Result<(), E>,
    ) -> Result<Loaded, Refusal> {
        let checked = self.check::<I>(found)?;
        // SAFETY: the caller trusts whoever can write to the file.
        let opened = unsafe { self.open(checked) }?;
        self.register(opened, call)
    }
}
