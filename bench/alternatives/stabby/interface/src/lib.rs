//! `stabby`: what host and plugin share.

use stabby::str::Str;
use stabby::string::String;

// ANCHOR: interface
#[stabby::stabby(checked)]
pub trait Plugin {
    extern "C" fn shout<'a>(&self, text: Str<'a>) -> String;
}

pub type DynPlugin = stabby::dynptr!(stabby::boxed::Box<dyn Plugin>);
// ANCHOR_END: interface
