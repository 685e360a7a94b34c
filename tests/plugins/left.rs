//! Has the names of `right`: that of its package, of an exported
//! function and of a type.

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

#[derive(Debug)]
#[expect(dead_code, reason = "it is only shown")]
struct Side {
    number: u8,
}

// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
#[inline(never)]
pub extern "C" fn which() -> u8 {
    1
}

fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("left", "say which side it is", |_, out| {
        Ok(writeln!(out, "{:?}", Side { number: which() })?)
    })?;
    Ok(())
}

// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub extern "C" fn asked() -> u8 {
    which()
}
