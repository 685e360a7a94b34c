//! The ABI of C: pointers, lengths, and a table of functions whose form
//! never changes. Any language can make such a library.

use std::ffi::c_void;
use std::panic;
use std::slice;

// ANCHOR: plugin
/// The host has the same type in its own source.
#[repr(C)]
pub struct Plugin {
    version: u32,
    shout: unsafe extern "C" fn(
        text: *const u8,
        length: usize,
        out: *mut c_void,
        write: Write,
    ) -> bool,
}

type Write = unsafe extern "C" fn(*mut c_void, *const u8, usize);

// SAFETY: nothing linked here relies on another `PLUGIN`.
#[unsafe(no_mangle)]
pub static PLUGIN: Plugin = Plugin { version: 1, shout };

unsafe extern "C" fn shout(
    text: *const u8,
    length: usize,
    out: *mut c_void,
    write: Write,
) -> bool {
    // SAFETY: the host promises so many bytes.
    let text = unsafe { slice::from_raw_parts(text, length) };
    // A panic must not leave a function of C.
    let said = panic::catch_unwind(|| {
        Some(format!("{}!", str::from_utf8(text).ok()?.to_uppercase()))
    });
    let Ok(Some(said)) = said else { return false };
    // SAFETY: `out` goes back to the host, to which it belongs.
    unsafe { write(out, said.as_ptr(), said.len()) };
    true
}
// ANCHOR_END: plugin
