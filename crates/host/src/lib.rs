//! The host.

#![deny(missing_docs)]

#[cfg(not(any(panic = "unwind", feature = "panic-abort")))]
compile_error!(
    "a host that is built with panic = \"abort\" ends with the first \
     panic, of its own or of any plugin: build it with panic = \
     \"unwind\", or accept that by the feature `panic-abort`"
);

#[cfg(all(target_feature = "crt-static", target_env = "gnu", unix))]
compile_error!(
    "a statically linked host cannot load plugins: dlopen would load a \
     second C library beside the host's own, and crash: build it without \
     -Ctarget-feature=+crt-static"
);

#[cfg(all(target_feature = "crt-static", target_env = "musl"))]
compile_error!(
    "a statically linked host cannot load plugins: musl has no dlopen for \
     it: build it with -Ctarget-feature=-crt-static"
);

mod check;
mod descriptor;
mod inspect;
mod loader;
mod log;
mod needs;
mod open;
mod processor;
pub mod read;
mod refusal;
mod register;
mod scan;
mod system;
pub mod text;
pub mod trust;

pub use check::{Checked, Rule, rule};
pub use descriptor::Descriptor;
#[doc(hidden)]
pub use descriptor::own_build;
pub use inspect::{Inspected, inspect};
pub use loader::Loader;
pub use log::PluginLog;
pub use needs::Need;
pub use nutshell_plugin;
pub use open::{Opened, Plugin};
pub use refusal::{Kind, Refusal};
pub use register::Loaded;
pub use scan::{Candidate, plugin_name};
pub use trust::Trust;
