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
    let times = leaves.counted.get();
    Ok(writeln!(out, "leaves counted: {times}")?)
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
    use std::mem::take;
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

    use command_api::Level;
    use command_api::nutshell_plugin::Log;

    use super::*;

    /// A host that keeps all levels but one, and counts the questions.
    #[derive(Default)]
    struct Host {
        asked: AtomicU32,
        heard: Mutex<Vec<String>>,
    }

    impl Log for Host {
        fn enabled(&self, level: Level) -> bool {
            self.asked.fetch_add(1, Relaxed);
            level != Level::Trace
        }

        fn log(&self, _: Level, message: &str) {
            self.heard.lock().unwrap().push(message.to_owned());
        }
    }

    /// In one test, since what is installed stays installed.
    #[test]
    fn a_host_gets_what_it_keeps_and_the_rest_costs_one_question() {
        let host: &Host = Box::leak(Box::default());
        let mut out = String::new();
        steep(&["mint"], &mut out).unwrap();
        assert_eq!(take(&mut out), "leaves counted: 0\n");

        nutshell_log::tracing::install(Logger::new(host)).unwrap();
        steep(&["mint"], &mut out).unwrap();
        assert_eq!(out, "leaves counted: 1\n");
        let heard = [
            "steep{tea=\"mint\"}: counting leaves=1000",
            "steep{tea=\"mint\"}: steeped minutes=3",
        ];
        assert_eq!(take(&mut *host.heard.lock().unwrap()), heard);

        host.asked.store(0, Relaxed);
        for times in 1..=3 {
            tracing::trace!(field = nobody_gets_it(), "dropped");
            assert_eq!(host.asked.load(Relaxed), times);
        }
        assert!(host.heard.lock().unwrap().is_empty());
    }

    fn nobody_gets_it() -> u32 {
        panic!("evaluated for an event that is dropped")
    }
}
