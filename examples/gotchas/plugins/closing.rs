//! A thread-local with a destructor, made by the first call.

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

// ANCHOR: touch
thread_local! {
    static NAME: String = String::from("local");
}

// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn touch() -> usize {
    NAME.with(String::len)
}
// ANCHOR_END: touch

fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("touch", "use the thread-local", |_, out| {
        touch();
        Ok(writeln!(out, "never closed")?)
    })?;
    Ok(())
}
