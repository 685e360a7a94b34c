//! What the gotchas' host and plugins share: the careless counterpart
//! of `command-api`. Nothing here checks that both sides were built
//! alike, and nothing keeps each side to what it owns.

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
