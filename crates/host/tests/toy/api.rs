//! What a tea room and its plugins share: the whole interface crate.

use std::fmt::Write;

pub use nutshell_plugin::{self, Result};
use nutshell_plugin::{Outcome, guard};

/// Called with the number of cups that are done.
pub type Done<'a> = &'a mut dyn FnMut(usize);

/// Where the text of an error or a panic goes.
pub type Text<'a> = &'a mut dyn Write;

/// What a plugin author implements. It may panic.
pub trait Tea: Send + Sync + 'static {
    /// What it is called.
    fn name(&self) -> &str;

    /// Makes each cup stronger.
    fn brew(&self, cups: &mut [f64], done: Done);

    /// Adds milk, lemon or what else goes with it.
    fn add(&self, what: &str) -> Result;
}

/// A tea as it crosses: it never panics, and never returns an error.
pub trait Pot: Send + Sync {
    fn name(&self) -> &str;
    fn brew(&self, cups: &mut [f64], done: Done, err: Text) -> Outcome;
    fn add(&self, what: &str, err: Text) -> Outcome;
}

/// The host, while a plugin registers. It never panics either.
pub trait Host {
    /// Takes a tea in.
    fn take(&mut self, pot: &'static dyn Pot);
}

nutshell_plugin::interface! {
    product: "tea room",
    register: fn(&mut dyn Host, Text) -> Outcome,
}

impl dyn Host + '_ {
    /// Offers a tea, for as long as the process lives.
    pub fn offer(&mut self, tea: impl Tea) -> Result {
        let name = tea.name().to_owned();
        self.take(Box::leak(Box::new(Guarded { name, tea })));
        Ok(())
    }
}

/// A tea whose panics end here: in code of the plugin.
struct Guarded<T> {
    name: String,
    tea: T,
}

impl<T: Tea> Pot for Guarded<T> {
    fn name(&self) -> &str {
        &self.name
    }

    fn brew(&self, cups: &mut [f64], done: Done, err: Text) -> Outcome {
        guard(err, || {
            self.tea.brew(cups, done);
            Ok(())
        })
    }

    fn add(&self, what: &str, err: Text) -> Outcome {
        guard(err, || self.tea.add(what))
    }
}

/// Runs the author's function for [`plugin!`].
pub fn register(
    author: fn(&mut dyn Host) -> Result,
    host: &mut dyn Host,
    err: Text,
) -> Outcome {
    guard(err, || author(host))
}

/// Makes a crate a plugin.
#[macro_export]
macro_rules! plugin {
    ($register:expr) => {
        $crate::nutshell_plugin::export!($crate, |host, error| {
            $crate::register($register, host, error)
        });
    };
}
