//! What the darkroom and its filters share: the whole interface crate.

use std::{fmt::Write, ops::RangeInclusive};

pub use nutshell_plugin::{self, Result};
use nutshell_plugin::{Outcome, guard, never_unwind, silence_panics};

/// What a filter is called, what it does and which numbers it takes.
pub struct About {
    pub name: &'static str,
    pub help: &'static str,
    pub parameters: &'static [Parameter],
}

/// A name, the range of its number, and the default.
pub type Parameter = (&'static str, RangeInclusive<f64>, f64);

// ANCHOR: filter
// ANCHOR: trait
/// What a plugin author implements. It may fail and panic.
pub trait Filter: Send + Sync + 'static {
    const ABOUT: About;
    fn apply(&self, picture: &mut Picture, numbers: &[f64]) -> Result;
}
// ANCHOR_END: trait

/// Pixels, row by row: red, green, blue and opacity of each.
pub struct Picture<'a> {
    pub width: usize,
    pub pixels: &'a mut [[u8; 4]],
    pub goes_on: &'a mut dyn FnMut(usize) -> bool,
}
// ANCHOR_END: filter

impl Picture<'_> {
    /// Tells the host that a row is done. Fails if the user cancels.
    pub fn done(&mut self, row: usize) -> Result {
        (self.goes_on)(row).then_some(()).ok_or("cancelled".into())
    }
}

// ANCHOR: guarded
/// A filter as it crosses: it neither panics nor returns an error.
pub trait Guarded: Send + Sync {
    fn about(&self) -> &'static About;
    fn apply(&self, _: &mut Picture, _: &[f64], _: Text) -> Outcome;
}

pub type Text<'a> = &'a mut dyn Write;

impl<F: Filter> Guarded for F {
    fn about(&self) -> &'static About {
        &F::ABOUT
    }
    fn apply(&self, p: &mut Picture, n: &[f64], e: Text) -> Outcome {
        guard(e, || Filter::apply(self, p, n))
    }
}
// ANCHOR_END: guarded

// ANCHOR: host
/// Takes the filters of a plugin while the plugin registers.
pub trait Host {
    fn take(&mut self, filter: &'static dyn Guarded);
}

impl Host for Vec<&'static dyn Guarded> {
    fn take(&mut self, filter: &'static dyn Guarded) {
        never_unwind((), || self.push(filter));
    }
}

impl dyn Host + '_ {
    /// Offers a filter for as long as the process lives.
    pub fn offer(&mut self, filter: impl Filter) -> Result {
        self.take(Box::leak(Box::new(filter)));
        Ok(())
    }
}
// ANCHOR_END: host

// ANCHOR: plugin
pub type Author = fn(&mut dyn Host) -> Result;

pub fn register(run: Author, host: &mut dyn Host, e: Text) -> Outcome {
    silence_panics();
    guard(e, || run(host))
}

nutshell_plugin::interface! {
    product: "darkroom", register: fn(&mut dyn Host, Text) -> Outcome
}

#[macro_export]
macro_rules! plugin {
    ($register:expr) => {
        $crate::nutshell_plugin::export!($crate, |host, error| {
            $crate::register($register, host, error)
        });
    };
}
// ANCHOR_END: plugin
