//! `abi_stable`: it opens the library and compares the types.

use std::path::Path;

use abi_stable::library::lib_header_from_path;
use abi_stable_interface::PluginRef;
use anyhow::Result;
use timing::Shout;

fn main() -> Result<()> {
    timing::measure(open)
}

// ANCHOR: host
fn open(path: &Path) -> Result<Shout> {
    let header = lib_header_from_path(path)?;
    let shout = header.init_root_module::<PluginRef>()?.shout();
    Ok(Box::new(move |text, said| {
        *said += &shout(text.into());
        Ok(())
    }))
}
// ANCHOR_END: host
