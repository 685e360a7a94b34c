//! Wants the name `same`, as `second` does, which comes after it.

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("same", "of the first", |_, out| {
        Ok(out.write_str("first\n")?)
    })?;
    Ok(())
}
