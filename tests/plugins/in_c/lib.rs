//! A plugin whose work is done in C: `morse.c`, which `build.rs`
//! compiles into this library. The boundary is in Rust, as for any
//! other plugin.

// ANCHOR: plugin
use std::ffi::c_char;

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command(
        "morse",
        "say it in dots and dashes",
        |words, out| {
            Ok(writeln!(out, "{}", morse(&words.join(" ")).trim_end())?)
        },
    )?;
    Ok(())
}

/// The text in Morse code: five signs at most for a byte, and a space.
fn morse(text: &str) -> String {
    let mut buffer = vec![0; text.len() * 6];
    let (from, to) = (text.as_ptr(), buffer.as_mut_ptr());
    // SAFETY: it reads `text.len()` bytes of the text, writes no more
    // than `buffer.len()` bytes to the buffer and keeps neither.
    let length = unsafe {
        c::morse(from.cast(), text.len(), to.cast(), buffer.len())
    };
    buffer.truncate(length);
    String::from_utf8(buffer).expect("dots, dashes and spaces")
}

mod c {
    use super::c_char;

    // SAFETY: the signature is the one in `morse.c`.
    unsafe extern "C" {
        pub fn morse(
            text: *const c_char,
            length: usize,
            out: *mut c_char,
            room: usize,
        ) -> usize;
    }
}
// ANCHOR_END: plugin
