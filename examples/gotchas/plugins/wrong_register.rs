//! A register function that lacks its second parameter. `plugin!` does
//! not let it compile.

// ANCHOR: register
use command_api::{Initializer, Result};

command_api::plugin!(register);

fn register(_: &mut Initializer) -> Result {
    Ok(())
}
// ANCHOR_END: register
