//! A plugin that brings a C library along: `whistle.c`, which lies in
//! the folder `lib` beside the plugin.

// ANCHOR: plugin
use std::ffi::{CStr, c_char};

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("boil", "make some tea", |_, out| {
        // SAFETY: it returns a text that is never freed.
        let text = unsafe { CStr::from_ptr(whistle()) };
        Ok(writeln!(out, "{}", text.to_string_lossy())?)
    })?;
    Ok(())
}

// SAFETY: the signature is the one in `whistle.c`.
unsafe extern "C" {
    safe fn whistle() -> *const c_char;
}
// ANCHOR_END: plugin
