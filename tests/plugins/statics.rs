//! Tells the level of this library's own copy of the `log` crate.

// ANCHOR: level
// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub extern "C" fn log_level() -> usize {
    log::max_level() as usize
}
// ANCHOR_END: level
