//! A thread-local with a destructor, made by the first call.

// ANCHOR: touch
thread_local! {
    static NAME: String = String::from("local");
}

// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub extern "C" fn touch() -> usize {
    NAME.with(String::len)
}
// ANCHOR_END: touch
