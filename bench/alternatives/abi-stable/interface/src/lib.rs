//! `abi_stable`: what host and plugin share. Its derive macros describe
//! the types, and the descriptions are compared when a plugin is opened.

use abi_stable::StableAbi;
use abi_stable::library::RootModule;
use abi_stable::package_version_strings;
use abi_stable::sabi_types::VersionStrings;
use abi_stable::std_types::{RStr, RString};

// ANCHOR: interface
#[repr(C)]
#[derive(StableAbi)]
#[sabi(kind(Prefix(prefix_ref = PluginRef)))]
pub struct Plugin {
    #[sabi(last_prefix_field)]
    pub shout: extern "C" fn(RStr<'_>) -> RString,
}

impl RootModule for PluginRef {
    abi_stable::declare_root_module_statics! { PluginRef }
    const BASE_NAME: &'static str = "abi_stable_plugin";
    const NAME: &'static str = "abi_stable_plugin";
    const VERSION_STRINGS: VersionStrings = package_version_strings!();
}
// ANCHOR_END: interface
