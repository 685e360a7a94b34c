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
    for path in scan::libraries(folder, trust)? {
        // SAFETY: the caller trusts whoever can write to the folder.
        let loaded = unsafe { loader.load(&path, registry) };
        if let Err(reason) = loaded {
            let file = scan::shown(&path);
            refused.push(format!("refused {file}: {reason:#}"));
        }
    }
    Ok(refused)
}
// ANCHOR_END: load_folder
