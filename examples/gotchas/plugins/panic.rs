//! Panics: through a Rust function, through one that is `extern "C"`,
//! through one that is `extern "C-unwind"`, and inside a command.

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

// ANCHOR: pour
// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn pour() {
    panic!("no tea");
}

// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub extern "C" fn pour_for_c() {
    pour();
}

// SAFETY: as above.
#[unsafe(no_mangle)]
pub extern "C-unwind" fn pour_for_cpp() {
    pour();
}
// ANCHOR_END: pour

// ANCHOR: register
fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("tea", "pour a cup", |_, _| {
        pour();
        Ok(())
    })?;
    Ok(())
}
// ANCHOR_END: register
