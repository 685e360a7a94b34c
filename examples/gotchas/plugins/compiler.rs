//! Looks for something and finds nothing: `None`. A host that was
//! built by another compiler may read that as `Some`.

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

// ANCHOR: find
// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn find() -> Option<String> {
    None
}

// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn borrow() -> Option<&'static str> {
    None
}
// ANCHOR_END: find

fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("find", "look for something", |_, out| {
        Ok(writeln!(out, "{:?} {:?}", borrow(), find())?)
    })?;
    Ok(())
}
