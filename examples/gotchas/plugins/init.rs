//! A constructor: code that the system's loader runs when it opens the
//! library. It leaves a file behind.

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

// ANCHOR: init
#[used]
#[cfg_attr(
    target_vendor = "apple",
    unsafe(link_section = "__DATA,__mod_init_func")
)]
#[cfg_attr(windows, unsafe(link_section = ".CRT$XCU"))]
#[cfg_attr(
    not(any(target_vendor = "apple", windows)),
    unsafe(link_section = ".init_array")
)]
static INIT: extern "C" fn() = init;

extern "C" fn init() {
    // Nobody is there yet to whom an error could be reported.
    let _ = std::fs::write("constructed", "");
}
// ANCHOR_END: init

fn register(_: &mut Initializer, _: Logger) -> Result {
    Ok(())
}
