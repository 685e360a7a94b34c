//! From a folder to the songs of its plugins.

use std::path::Path;

use jukebox_api::{Guarded, Interface, Register};
use nutshell_host::nutshell_plugin::Outcome;
use nutshell_host::{Loader, Refusal};

pub type Songs = Vec<&'static dyn Guarded>;

/// Loads the plugins of a folder. Returns their songs, and why other
/// files were refused.
///
/// # Safety
/// Whoever can write to the folder may run code in this process.
pub unsafe fn load(
    folder: &Path,
    loader: &mut Loader,
) -> Result<(Songs, Vec<Refusal>), Refusal> {
    let (mut songs, mut refused) = (Songs::new(), Vec::new());
    for file in loader.scan(folder)? {
        let register = |register: Register, _: &_| {
            let (mut new, mut error) = (Songs::new(), String::new());
            if register(&mut new, &mut error) != Outcome::Done {
                return Err(format!("cannot register: {error}"));
            }
            songs.append(&mut new);
            Ok(())
        };
        // SAFETY: the caller trusts who can write to the folder.
        let loaded =
            unsafe { loader.load::<Interface, _>(&file, register) };
        refused.extend(loaded.err());
    }
    Ok((songs, refused))
}
