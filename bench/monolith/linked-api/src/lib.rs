//! The api of Example 2, but for one thing: `plugin!` exports nothing,
//! so that several plugins can be modules of one program.

pub use plugin_api::{Initializer, Logger, Result, boundary, shim};

#[macro_export]
macro_rules! plugin {
    ($register:path) => {
        pub fn plugin_register(
            host: &mut dyn $crate::boundary::Host,
            log: &'static dyn $crate::boundary::Log,
            error: &mut dyn ::std::fmt::Write,
        ) -> $crate::boundary::Outcome {
            $crate::shim::register($register, host, log, error)
        }
    };
}
