//! The plugin author's side of [`Host`].

use std::error::Error;
use std::fmt::{self, Write};
use std::path::Path;

use nutshell_plugin::Result;

use crate::boundary::Host;
use crate::shim::Guarded;

/// Registers what the plugin offers. It exists only during the call of
/// `register`, and what it registers counts only if `register` returns
/// `Ok`.
pub struct Initializer<'host> {
    host: &'host mut dyn Host,
}

impl<'host> Initializer<'host> {
    pub(crate) fn new(host: &'host mut dyn Host) -> Self {
        Self { host }
    }

    /// The name under which the host knows this plugin: the name of its
    /// file, without the platform's prefix and extension.
    pub fn plugin(&self) -> &str {
        self.host.plugin()
    }

    /// The folder that the plugin was found in, a good place for its
    /// configuration.
    pub fn folder(&self) -> &Path {
        self.host.folder()
    }

    // ANCHOR: command
    /// Registers a command. `run` gets the words after the name and
    /// writes its result to the second argument. The host may call
    /// `run` from any thread, and never drops it or what it has
    /// captured.
    ///
    /// # Errors
    /// [`Refused`] if the name is taken or is not a word of letters,
    /// digits, `-` and `_`.
    pub fn command<F>(
        &mut self,
        name: &str,
        help: &str,
        run: F,
    ) -> Result<(), Refused>
    where
        F: Fn(&[&str], &mut dyn Write) -> Result
            + Send
            + Sync
            + 'static,
    {
        // Rule 3: the library stays, so the command may stay with it.
        let command = Box::leak(Box::new(Guarded(run)));
        let mut refusal = String::new();
        if self.host.command(name, help, command, &mut refusal) {
            Ok(())
        } else {
            Err(Refused(refusal))
        }
    }
    // ANCHOR_END: command
}

/// The host refused a command; the text says why.
#[derive(Debug)]
pub struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Refused {}
