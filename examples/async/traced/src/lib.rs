//! A plugin whose `tracing` spans and events reach the host's log.

use std::cell::Cell;
use std::fmt::{self, Display, Write};

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

// ANCHOR: register
fn register(init: &mut Initializer, logger: Logger) -> Result {
    tracing::info!("nobody hears this");
    nutshell_log::tracing::install(logger)?;
    tracing::info!("ready to steep");
    init.command("steep", "steep a tea", steep)?;
    Ok(())
}
// ANCHOR_END: register

// ANCHOR: steep
fn steep(words: &[&str], out: &mut dyn Write) -> Result {
    let span = tracing::info_span!("steep", tea = words.join(" "));
    let _entered = span.enter();
    let leaves = Leaves::default();
    tracing::debug!(%leaves, "counting");
    tracing::info!(minutes = 3, "steeped");
    Ok(writeln!(out, "leaves counted: {}x", leaves.counted.get())?)
}

/// Remembers how often it was made into text.
#[derive(Default)]
struct Leaves {
    counted: Cell<u32>,
}

impl Display for Leaves {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.counted.update(|n| n + 1);
        f.write_str("1000")
    }
}
// ANCHOR_END: steep

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use command_api::Level;
    use command_api::nutshell_plugin::Log;

    use super::*;

    /// A host that keeps all levels.
    struct Host(Mutex<Vec<String>>);

    impl Log for Host {
        fn enabled(&self, _: Level) -> bool {
            true
        }

        fn log(&self, _: Level, message: &str) {
            self.0.lock().unwrap().push(message.to_owned());
        }
    }

    #[test]
    fn a_host_gets_what_is_traced_and_nothing_is_counted_for_nobody() {
        static HOST: Host = Host(Mutex::new(Vec::new()));
        let mut out = String::new();
        steep(&["mint"], &mut out).unwrap();
        assert_eq!(out, "leaves counted: 0x\n");

        nutshell_log::tracing::install(Logger::new(&HOST)).unwrap();
        out.clear();
        steep(&["mint"], &mut out).unwrap();
        assert_eq!(out, "leaves counted: 1x\n");
        assert_eq!(
            *HOST.0.lock().unwrap(),
            [
                "steep{tea=\"mint\"}: counting leaves=1000",
                "steep{tea=\"mint\"}: steeped minutes=3",
            ]
        );
    }
}
