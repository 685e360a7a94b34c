//! Opens the library that was inspected and no other one, and finds its
//! register function. From here on, code of the plugin runs.

use std::ffi::CStr;
use std::marker::PhantomData;
use std::mem::size_of;
use std::path::{Path, PathBuf};
use std::slice;

use nutshell_plugin::{Export, Interface};

use crate::check::Checked;
use crate::descriptor::Descriptor;
use crate::inspect::Inspected;
use crate::loader::{Entry, Loader};
use crate::refusal::{Kind, Refusal};
use crate::scan::plugin_name;
use crate::system::{self, Loaded, OpenError};

/// A plugin as the host knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plugin {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
}

impl Plugin {
    /// The name of its file, without what the platform puts around it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its file, as the loader was asked for it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder that it was found in.
    pub fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(&self.path)
    }
}

/// A plugin that is open. Hand it to [`Loader::register`].
#[must_use]
pub struct Opened<I: Interface> {
    pub(crate) plugin: Plugin,
    pub(crate) file: (u64, u64),
    /// `None` if it is registered already.
    pub(crate) register: Option<I::Register>,
    pub(crate) interface: PhantomData<fn() -> I>,
}

impl Loader {
    // ANCHOR: open
    /// Opens a plugin. A file that is open already is not opened again,
    /// whatever its name; one that was refused is refused again.
    ///
    /// # Safety
    /// Opening a library runs its constructors, and a descriptor is
    /// text that anybody can write: whoever can write to the file is
    /// trusted to run code in this process.
    ///
    /// # Errors
    /// If its name is taken, if the loader cannot open it, or if what
    /// is open then is not what was inspected.
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
        let opened = |register| Opened {
            plugin,
            file,
            register,
            interface: PhantomData,
        };
        if let Some(entry) = self.libraries.get(&file) {
            return match entry.answer(&found) {
                Ok(()) => Ok(opened(None)),
                Err(refusal) => Err(refusal.at(path)),
            };
        }
        self.check_name(&name, path).map_err(refuse)?;
        self.check_others(&found).map_err(refuse)?;

        // SAFETY: the caller trusts the library's constructors.
        let register = unsafe { open_and_find::<I>(&found) };
        let register = register.map_err(refuse);
        let entry = Entry::new(&found, register.as_ref().err());
        self.libraries.insert(file, entry);
        let register = register?;
        self.names.insert(name, path.clone());
        Ok(opened(Some(register)))
    }
    // ANCHOR_END: open

    fn check_name(
        &self,
        name: &str,
        path: &Path,
    ) -> Result<(), (Kind, String)> {
        if name.is_empty() {
            let reason = "its file has no name of its own";
            return Err((Kind::Name, reason.to_owned()));
        }
        match self.names.get(name) {
            None => Ok(()),
            Some(other) if other == path => {
                let reason = "it was replaced since it was loaded; start \
                              again to load the new one";
                Err((Kind::Replaced, reason.to_owned()))
            }
            Some(_) => Err((
                Kind::Name,
                format!("another plugin is called {name}"),
            )),
        }
    }

    /// What it brings along must not be another library than the one
    /// that its name stands for already.
    fn check_others(
        &self,
        found: &Inspected,
    ) -> Result<(), (Kind, String)> {
        for need in &found.needs {
            let name = need.name.rsplit(['/', '\\']).next();
            let Some(other) =
                system::open_under(name.unwrap_or_default())
            else {
                continue;
            };
            let is_same = system::open_to_read(&other)
                .and_then(|file| system::identity(&file))
                .is_ok_and(|other| Some(other.file) == need.file);
            if !is_same {
                let by = self.loaded_for(&other);
                return Err((
                    Kind::NeedsOther,
                    format!(
                        "it needs {}, but {}{by} is loaded under this \
                         name",
                        need.path.display(),
                        other.display()
                    ),
                ));
            }
        }
        Ok(())
    }

    /// ` of hare`, if a plugin has brought that library along.
    fn loaded_for(&self, path: &Path) -> String {
        let file = system::open_to_read(path)
            .and_then(|file| system::identity(&file));
        let plugin = file
            .ok()
            .and_then(|identity| self.brought_by.get(&identity.file));
        plugin.map(|name| format!(" of {name}")).unwrap_or_default()
    }
}

// ANCHOR: find
/// Opens the library and finds its register function. Symbols count
/// only if they lie in the library itself, not in one that it needs.
///
/// # Safety
/// The caller trusts the library's constructors.
unsafe fn open_and_find<I: Interface>(
    found: &Inspected,
) -> Result<I::Register, (Kind, String)> {
    // Some loaders replace $ORIGIN and the like, and would open a file
    // that is not the one that was read.
    let bytes = found.place.as_os_str().as_encoded_bytes();
    if bytes.contains(&b'$') {
        let reason = "its path has a $ in it; rename it";
        return Err((Kind::Loader, reason.to_owned()));
    }
    let by_name = !found.needs.is_empty();
    // SAFETY: the caller trusts the library's constructors.
    let opened = unsafe {
        let span = &found.library.span;
        let file = (&found.file, &found.identity);
        system::load(file, &found.place, by_name, span)
    };
    let library = opened.map_err(|error| match error {
        OpenError::System(reason) => (Kind::Loader, reason),
        OpenError::Replaced => replaced(),
    })?;
    let is_unchanged = system::identity(&found.file)
        .is_ok_and(|now| now == found.identity);
    if !is_unchanged || !is_described(&library, &found.descriptor) {
        return Err(replaced());
    }
    for need in &found.needs {
        let name = need.name.rsplit(['/', '\\']).next();
        let taken = system::open_under(name.unwrap_or_default());
        let file = taken
            .and_then(|path| system::open_to_read(&path).ok())
            .and_then(|file| system::identity(&file).ok());
        if file.is_some_and(|file| Some(file.file) != need.file) {
            return Err(replaced());
        }
    }
    find_register::<I>(&library)
}
// ANCHOR_END: find

fn replaced() -> (Kind, String) {
    let reason = "replaced while it was loaded; start again";
    (Kind::Replaced, reason.to_owned())
}

/// Whether the library in memory has the descriptor of the file.
fn is_described(library: &Loaded, descriptor: &Descriptor) -> bool {
    let expected = descriptor.bytes();
    let Some(start) = library.symbol(c"PLUGIN_DESCRIPTOR") else {
        return false;
    };
    let start = start.cast::<u8>();
    if !library.contains(start.wrapping_add(expected.len() - 1).cast())
    {
        return false;
    }
    // SAFETY: both ends lie in a library that stays open.
    let there = unsafe { slice::from_raw_parts(start, expected.len()) };
    there == expected
}

// ANCHOR: find_register
fn find_register<I: Interface>(
    library: &Loaded,
) -> Result<I::Register, (Kind, String)> {
    const SYMBOL: &CStr = c"plugin_register";
    const { assert!(size_of::<I::Register>() == size_of::<fn()>()) };
    let none = |reason: &str| (Kind::NoRegister, reason.to_owned());
    let Some(export) = library.symbol(SYMBOL) else {
        return Err(none(
            "it has a descriptor, but no plugin_register",
        ));
    };
    // It may be anything, so it is read as two addresses at first.
    let addresses = export.cast::<[*const (); 2]>();
    if !library.contains(addresses.wrapping_add(1).cast()) {
        return Err(none("its plugin_register is something else"));
    }
    // SAFETY: both ends lie in a library that stays open.
    let [register, std] = unsafe { addresses.read_unaligned() };
    if !library.contains(register) {
        return Err(none("its plugin_register is something else"));
    }
    if !library.contains(std) {
        let reason = "its standard library is that of another file; \
                      build it without prefer-dynamic and without Rust \
                      dylibs";
        return Err((Kind::SharedStd, reason.to_owned()));
    }
    // SAFETY: the facts of the build agree, so the macro `export!` of
    // our interface and our compiler gave the symbol this type.
    let export = unsafe {
        export.cast::<Export<I::Register>>().read_unaligned()
    };
    Ok(export.register)
}
// ANCHOR_END: find_register
