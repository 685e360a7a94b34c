//! A host that scans a folder, refuses what would crash it, and lets
//! the rest register. To have plugins in a product, copy this library;
//! `main.rs` is only its command line.
//!
//! One idea a file, in the order in which they run: [`scan`] finds the
//! files, [`descriptor`] reads what a file says of itself,
//! [`agreement`] compares that with this app, [`load`] opens the file
//! and calls its register function, [`registry`] keeps what it offered,
//! [`output`] passes on what a command writes.

pub mod agreement;
mod blocks;
pub mod descriptor;
pub mod load;
pub mod output;
pub mod registry;
pub mod scan;

use std::io;
use std::path::Path;

use registry::Registry;

// ANCHOR: load_folder
/// Loads every plugin of the folder. One that is refused is noted and
/// keeps no other from loading.
///
/// # Safety
/// Opening a library runs its constructors, and a descriptor is text
/// that anybody can write: whoever can write to the folder is trusted
/// to run code in this process.
///
/// # Errors
/// If the folder cannot be read, or anybody may write to it.
pub unsafe fn load_folder(
    folder: &Path,
    trust: scan::Trust,
    registry: &mut Registry,
) -> io::Result<Vec<String>> {
    let mut loader = load::Loader::new(trust);
    let mut refused = Vec::new();
    let paths = scan::libraries(folder, trust)?;
    // All are asked before any runs. To go back and forth is slower:
    // the loader walks through all that it has opened, every time.
    let answers: Vec<_> =
        paths.iter().map(|path| loader.ask(path)).collect();
    for (path, answer) in paths.iter().zip(answers) {
        let loaded = answer.and_then(|theirs| {
            // SAFETY: they are of this file, and the caller trusts
            // whoever can write to the folder.
            unsafe { loader.load(path, &theirs, registry) }
        });
        if let Err(reason) = loaded {
            let file = scan::shown(path);
            refused.push(format!("refused {file}: {reason:#}"));
        }
    }
    Ok(refused)
}
// ANCHOR_END: load_folder
