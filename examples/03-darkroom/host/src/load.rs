//! Loads plugins of two versions of the interface. This is all the code
//! that the darkroom needs for loading.

use nutshell_host::{Candidate, Loaded, Loader, Refusal};

use crate::develop::ended;
use crate::filters::Filters;
use crate::old;

// ANCHOR: load
/// Loads a plugin. Its filters replace those that it offered before.
///
/// # Safety
/// Whoever can write to the file may run code in this process.
pub unsafe fn load(
    file: &Candidate,
    loader: &mut Loader,
    filters: &mut Filters,
) -> Result<Loaded, Refusal> {
    let found = loader.inspect(file)?;
    let (mut new, mut old, mut error) = (vec![], vec![], String::new());
    // SAFETY: the caller trusts whoever can write to the file.
    unsafe {
        if found.is_for::<filter_api_1::Interface>() {
            type V1 = filter_api_1::Interface;
            loader.load_inspected::<V1, _>(found, |register, plugin| {
                ended(register(&mut old, &mut error), &error)?;
                let new = old.into_iter().map(old::adapt).collect();
                filters.replace(plugin.name(), new)
            })
        } else {
            type V2 = filter_api::Interface;
            loader.load_inspected::<V2, _>(found, |register, plugin| {
                ended(register(&mut new, &mut error), &error)?;
                filters.replace(plugin.name(), new)
            })
        }
    }
}
// ANCHOR_END: load
