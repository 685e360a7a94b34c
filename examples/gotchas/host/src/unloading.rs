//! Closing a library: what points into it then points to nothing, or it
//! stays where it was. Each function here is a host that closes, and
//! returns the answer that it got.

use std::fs;

use anyhow::Result;
use gotcha_plugins::Speaker;
use libloading::Library;

use crate::gotchas::Gotcha;
use crate::guarded::app;
use crate::open;
use crate::tls_exit;
use crate::variants::{self, built};

/// The code is in `wrong/outlive.rs`, because it does not compile.
pub fn outlive() -> Result<String> {
    variants::error_of("outlive")
}

// ANCHOR: dangling
/// Fields are dropped from the first to the last.
struct Plugin {
    _library: Library,
    speaker: Box<dyn Speaker>,
}

pub fn dangling() -> Result<String> {
    let library = open(&built("dangling")?)?;
    // SAFETY: the type is right; what it returns must not outlive
    // the library, and nothing ensures that.
    let speaker =
        unsafe { library.get::<fn() -> Box<dyn Speaker>>("speaker") }?(
        );
    let plugin = Plugin { _library: library, speaker };
    let name = plugin.speaker.name().to_owned();
    drop(plugin);
    Ok(name)
}
// ANCHOR_END: dangling

// ANCHOR: closing
pub fn closing() -> Result<String> {
    let plugin = open(&built("closing")?)?;
    // SAFETY: the plugin exports it with this type.
    unsafe { plugin.get::<fn() -> usize>("touch") }?();
    let closed = plugin.close();
    // The files that this process has in its memory.
    let maps = fs::read_to_string("/proc/self/maps")?;
    let is_there = maps.contains("libclosing");
    let place = if is_there { "still there" } else { "gone" };
    Ok(format!("{closed:?}, {place}"))
}
// ANCHOR_END: closing

pub const GOTCHAS: &[Gotcha] = &[
    Gotcha {
        name: "outlive",
        what: "a symbol that is used after its library",
        right: "does not compile",
        undefined: false,
        elsewhere: None,
        unguarded: outlive,
        guarded: || app(&[built("dangling")?], &["name"]),
        because: "the host never closes a library",
    },
    Gotcha {
        name: "dangling",
        what: "a value that is dropped after its library",
        right: "parrot",
        undefined: true,
        elsewhere: Some("it is undefined, and was seen with glibc"),
        unguarded: dangling,
        guarded: || app(&[built("dangling")?], &["name"]),
        because: "the host leaks the library, so nothing outlives it",
    },
    Gotcha {
        name: "closing",
        what: "a library that stays after it was closed",
        right: "Ok(()), gone",
        undefined: false,
        elsewhere: Some("it was seen in /proc/self/maps, with glibc"),
        unguarded: closing,
        guarded: || app(&[built("closing")?], &["touch"]),
        because: "nothing depends on a library being gone",
    },
    Gotcha {
        name: "tls-exit",
        what: "a thread that ends after a library was closed",
        right: "the thread ends",
        undefined: true,
        elsewhere: Some("it was seen with glibc, as were its cures"),
        unguarded: tls_exit::unguarded,
        guarded: tls_exit::guarded,
        because: "the host never closes a library",
    },
];
