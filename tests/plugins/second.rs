//! Wants the name `same`, as `first` does, which comes before it.

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("same", "of the second", |_, out| {
        Ok(out.write_str("second\n")?)
    })?;
    Ok(())
}
