//! The plugin of Example 1: one function, exported under its plain
//! name. `crate-type = ["cdylib"]` in `Cargo.toml` makes the library
//! that a host opens while it runs.

// ANCHOR: add
/// Adds two numbers; a sum that is out of range wraps around.
// SAFETY: nothing linked here relies on another `add`.
#[unsafe(no_mangle)]
pub extern "C" fn add(a: i64, b: i64) -> i64 {
    a.wrapping_add(b)
}
// ANCHOR_END: add
