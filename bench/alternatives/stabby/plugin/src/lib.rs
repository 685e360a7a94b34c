//! `stabby`: an export that says of which types it is.

use stabby::boxed::Box;
use stabby::str::Str;
use stabby::string::String;
use stabby_interface::{DynPlugin, Plugin};

// ANCHOR: plugin
struct Voice;

impl Plugin for Voice {
    extern "C" fn shout<'a>(&self, text: Str<'a>) -> String {
        format!("{}!", text.to_uppercase()).into()
    }
}

#[stabby::export]
pub extern "C" fn plugin() -> DynPlugin {
    Box::new(Voice).into()
}
// ANCHOR_END: plugin
