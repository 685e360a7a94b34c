//! A library that plugins need, in two versions. A plugin that was
//! linked with either of them needs a `libhelper.so.1`.

// ANCHOR: version
// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub extern "C" fn helper_version() -> u32 {
    if cfg!(feature = "second-helper") { 2 } else { 1 }
}
// ANCHOR_END: version
