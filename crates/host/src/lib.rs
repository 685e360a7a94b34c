//! The host.

#![deny(missing_docs)]

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
