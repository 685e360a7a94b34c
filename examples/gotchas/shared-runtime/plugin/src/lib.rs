//! A plugin with one function for each question of the host.

use std::any::Any;

use shared_api::{Settings, Speaker, log};

// ANCHOR: plugin
// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn count() -> usize {
    shared_api::visit()
}

// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn level() -> log::LevelFilter {
    log::max_level()
}

// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn settings() -> &'static dyn Any {
    &Settings { volume: 11 }
}

// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn fail() {
    panic!("no tea");
}

// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn speaker() -> &'static dyn Speaker {
    &Parrot
}
// ANCHOR_END: plugin

struct Parrot;

impl Speaker for Parrot {
    #[cfg(one_more)]
    fn erase(&self) -> &'static str {
        "all data erased"
    }

    fn name(&self) -> &'static str {
        "parrot"
    }
}
