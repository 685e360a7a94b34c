//! Exports a function of 32-bit numbers.

// ANCHOR: square
// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub extern "C" fn square(number: i32) -> i32 {
    number.wrapping_mul(number)
}
// ANCHOR_END: square
