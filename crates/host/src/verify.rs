//! Checks that the library which the system's loader has opened is the
//! one that was inspected, and that the symbols found are its own.

use std::ffi::CStr;
use std::mem::size_of;
use std::slice;

use nutshell_plugin::{Export, Interface};

use crate::descriptor::Descriptor;
use crate::inspect::Inspected;
use crate::refusal::Kind;
use crate::system::{self, Loaded};

// ANCHOR: verify
/// Checks that the open library is the inspected one: meanwhile, nobody
/// has changed or replaced the file, or a library that it brings along.
pub(crate) fn verify(
    library: &Loaded,
    found: &Inspected,
) -> Result<(), (Kind, String)> {
    let now = found
        .file
        .metadata()
        .and_then(|metadata| system::identity(&found.file, &metadata));
    let is_unchanged = now.is_ok_and(|now| now == found.identity);
    let are_its_own = found.needs.iter().all(|need| {
        let mut same_name =
            found.needs.iter().filter(|other| other.name == need.name);
        system::is_open_under(&need.name, &mut same_name)
    });
    match is_unchanged
        && are_its_own
        && is_described(library, &found.descriptor)
    {
        true => Ok(()),
        false => Err(replaced()),
    }
}
// ANCHOR_END: verify

pub(crate) fn replaced() -> (Kind, String) {
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
    // SAFETY: both ends are in a library that stays open.
    let there = unsafe { slice::from_raw_parts(start, expected.len()) };
    there == expected
}

// ANCHOR: find_register
pub(crate) fn find_register<I: Interface>(
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
    // The symbol may be anything, so read it as two addresses first.
    let addresses = export.cast::<[*const (); 2]>();
    if !library.contains(addresses.wrapping_add(1).cast()) {
        return Err(none("its plugin_register is something else"));
    }
    // SAFETY: both ends are in a library that stays open.
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
    // SAFETY: the facts of the two builds match, so the macro `export!`
    // of our interface and our compiler gave the symbol this type. Types
    // of other crates are none of the facts; `interface!` forbids them.
    let export = unsafe {
        export.cast::<Export<I::Register>>().read_unaligned()
    };
    Ok(export.register)
}
// ANCHOR_END: find_register
