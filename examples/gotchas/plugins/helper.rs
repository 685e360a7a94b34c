//! A library that plugins need, in two versions. Both are called
//! `libhelper.so.1` by those who were linked with them.

// ANCHOR: version
// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub extern "C" fn helper_version() -> u32 {
    match option_env!("HELPER") {
        Some("second") => 2,
        _ => 1,
    }
}
// ANCHOR_END: version
