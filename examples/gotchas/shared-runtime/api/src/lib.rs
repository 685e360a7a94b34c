//! What host and plugin share. As a `dylib` it is a library of its own
//! that both link, with the standard library as another one: one copy
//! for the whole process, as in Go. As an rlib it is there twice.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

// ANCHOR: api
pub use log;

static VISITS: AtomicUsize = AtomicUsize::new(0);

pub fn visit() -> usize {
    VISITS.fetch_add(1, Relaxed) + 1
}

pub struct Settings {
    pub volume: u32,
}

pub trait Speaker {
    #[cfg(one_more)]
    fn erase(&self) -> &'static str;

    fn name(&self) -> &'static str;
}
// ANCHOR_END: api
