//! The smallest interface: a plugin gives an answer. The test writes it
//! out under other names, products and versions.

use std::fmt::Write;

use answer::Answer;
pub use nutshell_plugin;
use nutshell_plugin::{Outcome, guard};

nutshell_plugin::interface! {
    product: "PRODUCT",
    register: fn(&mut Answer, &mut dyn Write) -> Outcome,
    crosses: [Answer],
}

/// Asks the plugin.
pub fn register(
    author: fn() -> u32,
    answer: &mut Answer,
    error: &mut dyn Write,
) -> Outcome {
    guard(error, || {
        answer.number = author();
        Ok(())
    })
}

/// Makes a crate a plugin.
#[macro_export]
macro_rules! plugin {
    ($author:expr) => {
        $crate::nutshell_plugin::export!($crate, |answer, error| {
            $crate::register($author, answer, error)
        });
    };
}
