//! What the deck's gotchas say, seen to happen.

use std::env::consts;
#[cfg(target_os = "linux")]
use std::fs;

use libloading::Library;
use log::LevelFilter;

use crate::support::{built, library};

fn open(name: &str) -> Library {
    let path = library(&built().join("examples"), name);
    // SAFETY: our own library, without constructors.
    unsafe { Library::new(&path) }.expect(consts::DLL_EXTENSION)
}

// ANCHOR: statics
/// Host and plugin are built from one `log` crate, and yet the static
/// that holds the level is there twice.
#[test]
fn a_plugin_has_statics_of_its_own() {
    log::set_max_level(LevelFilter::Info);
    let plugin = open("statics");
    // SAFETY: the signature is the one in `statics.rs`.
    let level =
        unsafe { plugin.get::<extern "C" fn() -> usize>("log_level") };
    let level = level.expect("the symbol is there")();
    assert_eq!(level, LevelFilter::Off as usize);
    assert_eq!(log::max_level(), LevelFilter::Info);
}
// ANCHOR_END: statics

// ANCHOR: closing
/// A thread-local with a destructor keeps the library mapped after
/// `close` has said `Ok`.
#[test]
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn closing_may_silently_do_nothing() {
    let mapped = || {
        fs::read_to_string("/proc/self/maps")
            .expect("Linux has it")
            .contains("libthread_local")
    };
    let plugin = open("thread_local");
    assert!(mapped());
    // SAFETY: the signature is the one in `thread_local.rs`.
    let touch =
        unsafe { plugin.get::<extern "C" fn() -> usize>("touch") };
    assert_eq!(touch.expect("the symbol is there")(), 5);
    assert!(plugin.close().is_ok());
    assert!(mapped(), "it was unloaded after all");
}
// ANCHOR_END: closing

/// The same, without the thread-local: this one does go.
#[test]
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn closing_a_library_without_thread_locals_unloads_it() {
    let mapped = || {
        fs::read_to_string("/proc/self/maps")
            .expect("Linux has it")
            .contains("libbasic_plugin")
    };
    let path = library(built(), "basic_plugin");
    // SAFETY: our own library, without constructors.
    let plugin = unsafe { Library::new(&path) }.expect("it opens");
    assert!(mapped());
    assert!(plugin.close().is_ok());
    assert!(!mapped());
}
