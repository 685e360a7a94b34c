//! `abi_stable`: types whose form does not depend on the compiler.

use abi_stable::prefix_type::PrefixTypeTrait;
use abi_stable::std_types::{RStr, RString};
use abi_stable::{export_root_module, sabi_extern_fn};
use abi_stable_interface::{Plugin, PluginRef};

// ANCHOR: plugin
#[export_root_module]
pub fn plugin() -> PluginRef {
    Plugin { shout }.leak_into_prefix()
}

#[sabi_extern_fn]
fn shout(text: RStr<'_>) -> RString {
    format!("{}!", text.to_uppercase()).into()
}
// ANCHOR_END: plugin
