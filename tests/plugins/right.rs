//! Has the names of `left`: that of its package, of an exported
//! function and of a type.

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

#[derive(Debug)]
#[expect(dead_code, reason = "it is only shown")]
struct Side {
    number: String,
}

// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
#[inline(never)]
pub extern "C" fn which() -> u8 {
    2
}

fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("right", "say which side it is", |_, out| {
        let number = which().to_string();
        Ok(writeln!(out, "{:?}", Side { number })?)
    })?;
    Ok(())
}

// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub extern "C" fn asked() -> u8 {
    which()
}
