//! `stabby`: the look-up compares the types.

use std::path::Path;

use anyhow::{Result, anyhow};
use libloading::Library;
use stabby::libloading::StabbyLibrary;
use stabby_interface::{DynPlugin, PluginDyn};
use timing::Shout;

fn main() -> Result<()> {
    timing::measure(open)
}

// ANCHOR: host
fn open(path: &Path) -> Result<Shout> {
    // SAFETY: we trust the library's constructors.
    let library = Box::leak(Box::new(unsafe { Library::new(path) }?));
    // SAFETY: the type of the export is compared with this one.
    let plugin = unsafe {
        library.get_stabbied::<extern "C" fn() -> DynPlugin>(b"plugin")
    }
    .map_err(|error| anyhow!("{error}"))?;
    let plugin = plugin();
    Ok(Box::new(move |text, said| {
        *said += &plugin.shout(text.into());
        Ok(())
    }))
}
// ANCHOR_END: host
