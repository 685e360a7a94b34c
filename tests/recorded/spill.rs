//! A library for Example 1 that reads one cup too many.

// ANCHOR: spill
// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub extern "C" fn add(a: i64, b: i64) -> i64 {
    let cups = vec![a, b];
    // SAFETY: none; there are two cups.
    unsafe { *cups.as_ptr().add(2) }
}
// ANCHOR_END: spill
