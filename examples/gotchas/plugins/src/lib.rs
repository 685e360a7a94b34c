//! What the gotchas' host and plugins share: the careless counterpart
//! of `command-api`. Nothing here checks that both sides were built
//! alike, and nothing keeps each side to what it owns.

use std::env;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

// ANCHOR: speaker
/// What a plugin can do. The feature stands for the next version.
pub trait Speaker {
    #[cfg(feature = "newer-api")]
    fn erase(&self) -> &'static str;

    fn name(&self) -> &'static str;
}
// ANCHOR_END: speaker

// ANCHOR: parcel
/// The compiler orders the fields of a struct as it likes.
pub struct Parcel {
    pub width: u32,
    pub height: u32,
    pub depth: u32,
    pub weight: u32,
    pub price: u32,
    pub tax: u32,
}
// ANCHOR_END: parcel

// ANCHOR: settings
/// Handed over as `&dyn Any`, for the other side to downcast.
pub struct Settings {
    pub volume: u32,
}
// ANCHOR_END: settings

// ANCHOR: visits
/// One line of source, one counter for the whole program?
pub static VISITS: AtomicUsize = AtomicUsize::new(0);
// ANCHOR_END: visits

// ANCHOR: environment
/// Makes the list of variables longer, and then shorter again.
pub fn set_many() {
    static VALUE: AtomicUsize = AtomicUsize::new(0);
    let names = || (0..100).map(|number| format!("SETTING_{number}"));
    for name in names() {
        let value = VALUE.fetch_add(1, Relaxed).to_string();
        // SAFETY: all others read it through `std::env` as well, whose
        // lock lets one in at a time. True of one `std`, not of two.
        unsafe { env::set_var(name, value) };
    }
    for name in names() {
        // SAFETY: as above.
        unsafe { env::remove_var(name) };
    }
}

/// Reads that list.
pub fn read_often() {
    for _ in 0..10 {
        env::vars_os().for_each(drop);
    }
}
// ANCHOR_END: environment
