//! Hands out a struct whose fields have the order that this library's
//! compiler has chosen, with this library's flags.

use command_api::{Initializer, Logger, Result};
use gotcha_plugins::Parcel;

command_api::plugin!(register);

// ANCHOR: parcel
static PARCEL: Parcel = Parcel {
    width: 1,
    height: 2,
    depth: 3,
    weight: 4,
    price: 5,
    tax: 6,
};

// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn parcel() -> &'static Parcel {
    &PARCEL
}
// ANCHOR_END: parcel

fn register(_: &mut Initializer, _: Logger) -> Result {
    Ok(())
}
