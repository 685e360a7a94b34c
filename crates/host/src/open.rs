//! Opens the library that was inspected and no other, and finds its
//! register function. From here on, code of the plugin runs.

use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use nutshell_plugin::Interface;

use crate::check::Checked;
use crate::inspect::Inspected;
use crate::loader::{Entry, Loader, Owner};
use crate::paths;
use crate::refusal::{Kind, Refusal};
use crate::scan::{is_name, plugin_name};
use crate::system::{self, Loaded, OpenError};
use crate::verify::{find_register, replaced, verify};

/// A plugin as the host knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plugin {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
}

impl Plugin {
    /// The file's name, without the platform's prefix and extension.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The path of its file, as it was given to the loader.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder of this path.
    pub fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(&self.path)
    }
}

/// A plugin that is open. Hand it to [`Loader::register`].
#[must_use]
pub struct Opened<I: Interface> {
    pub(crate) plugin: Plugin,
    pub(crate) file: (u64, u64),
    pub(crate) owner: Owner,
    /// Who had the name before: the generation before this one.
    pub(crate) before: Option<Owner>,
    /// `None` if the plugin has already registered.
    pub(crate) register: Option<I::Register>,
    pub(crate) interface: PhantomData<fn() -> I>,
}

impl Loader {
    // ANCHOR: open
    /// Opens a plugin. A file that is already open is not opened again,
    /// whatever its name, and one that was refused is refused again.
    ///
    /// # Safety
    /// Opening a library runs its constructors, and a descriptor is
    /// text that anybody can write. So you must trust everybody who can
    /// write to the file to run code in this process.
    ///
    /// # Errors
    /// If its name is taken or cannot be seen, if the system's loader
    /// cannot open it, if a library that it needs is already open from
    /// another file, if the opened file is not the inspected one, or if
    /// the plugin has no register function or no standard library of
    /// its own.
    pub unsafe fn open<I: Interface>(
        &mut self,
        plugin: Checked<I>,
    ) -> Result<Opened<I>, Refusal> {
        let found = plugin.found;
        let (path, file) = (&found.path, found.identity.file);
        let refuse = |(kind, reason): (Kind, String)| {
            Refusal::new(path, kind, reason)
        };
        let name = plugin_name(path);
        let plugin = Plugin { name: name.clone(), path: path.clone() };
        let opened = |register, before| Opened {
            plugin,
            file,
            owner: found.owner(),
            before,
            register,
            interface: PhantomData,
        };
        if let Some(entry) = self.libraries.get(&file) {
            return match entry.answer(&found) {
                Ok(()) => Ok(opened(None, None)),
                Err(refusal) => Err(refusal.at(path)),
            };
        }
        self.check_name(&name, &found.owner()).map_err(refuse)?;
        self.check_others(&found).map_err(refuse)?;

        // SAFETY: the caller trusts the library's constructors.
        let library = unsafe { open(&found) }.map_err(refuse)?;
        // The library stays open whatever is wrong with it, so the
        // result is remembered.
        let register = verify(&library, &found)
            .and_then(|()| find_register::<I>(&library))
            .map_err(refuse);
        let entry = Entry::new(&found, register.as_ref().err());
        self.libraries.insert(file, entry);
        let register = register?;
        let before = self.names.insert(name, found.owner());
        Ok(opened(Some(register), before))
    }
    // ANCHOR_END: open

    fn check_name(
        &self,
        name: &str,
        owner: &Owner,
    ) -> Result<(), (Kind, String)> {
        if !is_name(name) {
            let reason = "its file has no name of its own that can be \
                          seen; rename it";
            return Err((Kind::Name, reason.to_owned()));
        }
        match self.names.get(name) {
            None => Ok(()),
            Some(other) if other.place != owner.place => Err((
                Kind::Name,
                format!("another plugin is called {name}"),
            )),
            // The next generation of this plugin.
            Some(_) if owner.copy.is_some() => Ok(()),
            Some(_) => {
                let reason = "it was replaced since it was loaded; start \
                              again to load the new one";
                Err((Kind::Replaced, reason.to_owned()))
            }
        }
    }

    /// Refuses a plugin if another file is already open under the name
    /// of a library that the plugin brings along.
    fn check_others(
        &self,
        found: &Inspected,
    ) -> Result<(), (Kind, String)> {
        for need in &found.needs {
            let mut names = vec![need.name.as_str()];
            // The loader knows a library by its path if it needs that.
            let is_path = paths::OWN.is_path(&need.name);
            names.extend(need.own_name.as_deref().filter(|_| !is_path));
            for name in names {
                let Some((other, file)) = system::open_under(name)
                else {
                    continue;
                };
                let is_own = found
                    .needs
                    .iter()
                    .any(|n| n.number() == Some(file));
                if !is_own {
                    let by = self.brought_by.get(&file);
                    let by = by.map(|name| format!(" of {name}"));
                    let reason = format!(
                        "it needs {}, but {}{} is loaded under this name",
                        need.path.display(),
                        other.display(),
                        by.unwrap_or_default()
                    );
                    return Err((Kind::NeedsOther, reason));
                }
            }
        }
        Ok(())
    }
}

// ANCHOR: system
/// Has the system's loader open the file that was inspected.
///
/// # Safety
/// The caller trusts the library's constructors.
unsafe fn open(found: &Inspected) -> Result<Loaded, (Kind, String)> {
    // Some loaders do not take a path as it is.
    let path = paths::OWN
        .to_open(&found.place)
        .map_err(|reason| (Kind::Loader, reason))?;
    // The loader finds an open library by the name in its own headers.
    // It must find all others by their places.
    let by_name = found
        .needs
        .iter()
        .any(|need| need.own_name.as_ref() != Some(&need.name));
    let file = (&found.file, &found.identity);
    let span = &found.library.span;
    let needs = || {
        let needs = found.needs.iter().rev();
        needs.filter_map(|need| {
            let (file, identity) = need.file.as_ref()?;
            Some(((file, identity), need.path.as_path()))
        })
    };
    // SAFETY: the caller trusts the constructors of all of them.
    let opened = unsafe {
        if !by_name {
            system::load_needs(needs());
        }
        system::load(file, &path, by_name, span)
    };
    opened.map_err(|error| match error {
        OpenError::System(reason) => (Kind::Loader, reason),
        OpenError::Replaced => replaced(),
    })
}
// ANCHOR_END: system
