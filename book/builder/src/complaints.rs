//! What mdBook itself complains of, by logging it, while it builds.
//!
//! mdBook logs and goes on; here each warning fails the build.

use std::sync::Mutex;

use log::{Level, LevelFilter, Log, Metadata, Record};

static COMPLAINTS: Mutex<Vec<String>> = Mutex::new(Vec::new());

struct Collector;

impl Log for Collector {
    fn enabled(&self, about: &Metadata) -> bool {
        about.level() <= Level::Warn
            && about.target().starts_with("mdbook")
    }

    fn log(&self, record: &Record) {
        if self.enabled(record.metadata()) {
            let text = record.args().to_string();
            COMPLAINTS.lock().unwrap().push(text);
        }
    }

    fn flush(&self) {}
}

/// Begins to collect.
pub fn collect() {
    // The only logger of this program, so it cannot be taken.
    log::set_logger(&Collector).expect("the first logger");
    log::set_max_level(LevelFilter::Warn);
}

/// Hands over what has been collected.
pub fn take() -> Vec<String> {
    std::mem::take(&mut COMPLAINTS.lock().unwrap())
}
