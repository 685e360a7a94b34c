//! The api of Example 2, but for one thing: `plugin!` exports nothing,
//! so that several plugins can be modules of one program.

pub use command_api::{
    Initializer, Level, Logger, Register, Result, boundary,
    nutshell_plugin, shim,
};

/// The register function alone, under its name.
#[macro_export]
macro_rules! plugin {
    ($register:path) => {
        pub const PLUGIN_REGISTER: $crate::Register =
            |host, log, error| {
                $crate::shim::register($register, host, log, error)
            };
    };
}
