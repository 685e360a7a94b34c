//! What the gotchas' host and plugins share: the careless counterpart
//! of `plugin-api`. Nothing here checks that both sides were built
//! alike, and nothing keeps each side to what it owns.

use std::env;
use std::sync::atomic::AtomicUsize;

// ANCHOR: speaker
/// What a plugin can be asked. The feature is its next version.
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
/// Makes the list of variables longer, again and again.
pub fn set_many() {
    for number in 0..10_000 {
        let name = format!("SETTING_{number}");
        // SAFETY: all others read it through `std::env` as well, whose
        // lock lets one in at a time. True of one `std`, not of two.
        unsafe { env::set_var(name, "loud") };
    }
}

/// Reads that list, again and again.
pub fn read_often() {
    for _ in 0..1_000 {
        env::vars_os().for_each(drop);
    }
}
// ANCHOR_END: environment
