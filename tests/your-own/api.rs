//! What the jukebox and its songs share: the whole interface crate.

use std::fmt::Write;

pub use nutshell_plugin::{self, Result};
use nutshell_plugin::{Outcome, guard, never_unwind, silence_panics};

/// What an author implements. It may fail and panic.
pub trait Song: Send + Sync + 'static {
    const TITLE: &'static str;
    fn play(&self, piano: &mut dyn Piano) -> Result;
}

/// What the host lends to a song. It never panics.
pub trait Piano {
    /// Strikes a key. From C, which is 0, black and white ones count.
    fn strike(&mut self, key: usize);
}

/// A song as it crosses: it neither panics nor returns an error.
pub trait Guarded: Send + Sync {
    fn title(&self) -> &'static str;
    fn play(&self, piano: &mut dyn Piano, error: Text) -> Outcome;
}

/// Where the text of an error or a panic goes.
pub type Text<'a> = &'a mut dyn Write;

/// Code of the interface that is compiled into each plugin.
impl<S: Song> Guarded for S {
    fn title(&self) -> &'static str {
        S::TITLE
    }

    fn play(&self, piano: &mut dyn Piano, error: Text) -> Outcome {
        guard(error, || Song::play(self, piano))
    }
}

/// Takes the songs of a plugin, while it registers.
pub trait Host {
    fn take(&mut self, song: &'static dyn Guarded);
}

impl Host for Vec<&'static dyn Guarded> {
    fn take(&mut self, song: &'static dyn Guarded) {
        never_unwind((), || self.push(song));
    }
}

impl dyn Host + '_ {
    /// Offers a song, for as long as the process lives.
    pub fn offer(&mut self, song: impl Song) -> Result {
        self.take(Box::leak(Box::new(song)));
        Ok(())
    }
}

nutshell_plugin::interface! {
    product: "jukebox",
    register: fn(&mut dyn Host, Text) -> Outcome,
}

type Author = fn(&mut dyn Host) -> Result;

/// Runs the author's function for `plugin!`.
pub fn register(
    run: Author,
    host: &mut dyn Host,
    error: Text,
) -> Outcome {
    silence_panics();
    guard(error, || run(host))
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
