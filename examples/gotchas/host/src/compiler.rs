//! Builds that do not agree: a type or a function is one thing to the
//! host and another to the plugin. Each function here is a host that
//! does not check, and returns the answer that it got.

use std::any::Any;
use std::mem;
use std::path::Path;

use anyhow::Result;
use gotcha_plugins::{Parcel, Settings, Speaker};

use crate::cpu;
use crate::gotchas::Gotcha;
use crate::guarded::{Verdict, app};
use crate::variants::{
    self, NEWER_API, NIGHTLY, PANIC_ABORT, RANDOM_LAYOUT, RELEASE,
    build, built,
};
use crate::{open, other_api};

// ANCHOR: compiler
pub fn compiler() -> Result<String> {
    if !variants::has_nightly() {
        return Ok("skipped: no second compiler".into());
    }
    let plugin = open(&build(&NIGHTLY, "compiler")?)?;
    // SAFETY: none; another compiler built this `borrow`.
    let borrow = unsafe {
        plugin.get::<fn() -> Option<&'static str>>("borrow")
    }?;
    // SAFETY: none; nor is `find` what this compiler takes it for.
    let find = unsafe { plugin.get::<fn() -> Option<String>>("find") }?;
    let found = find().map(mem::forget); // to drop it would free it
    let word = |some| if some { "Some(garbage)" } else { "None" };
    let (borrowed, found) = (borrow().is_some(), found.is_some());
    Ok(format!("&str {}, String {}", word(borrowed), word(found)))
}
// ANCHOR_END: compiler

// ANCHOR: api
pub fn api() -> Result<String> {
    let plugin = open(&build(&NEWER_API, "api")?)?;
    // SAFETY: none; that `Speaker` has a method that ours has not.
    let speaker = unsafe {
        plugin.get::<fn() -> &'static dyn Speaker>("speaker")
    }?;
    Ok(speaker().name().into())
}
// ANCHOR_END: api

// ANCHOR: layout
pub fn layout() -> Result<String> {
    let plugin = open(&build(&RANDOM_LAYOUT, "layout")?)?;
    // SAFETY: none; the fields of that `Parcel` have another order.
    let parcel =
        unsafe { plugin.get::<fn() -> &'static Parcel>("parcel") }?;
    let Parcel { width, height, depth, weight, price, tax } = parcel();
    Ok(format!("{width} {height} {depth} {weight} {price} {tax}"))
}
// ANCHOR_END: layout

// ANCHOR: typeid
pub fn typeid() -> Result<String> {
    let debug = volume(&built("typeid")?)?;
    let release = volume(&build(&RELEASE, "typeid")?)?;
    Ok(format!("debug {debug:?}, release {release:?}"))
}

fn volume(plugin: &Path) -> Result<Option<u32>> {
    let plugin = open(plugin)?;
    // SAFETY: the plugin exports it with this type.
    let settings =
        unsafe { plugin.get::<fn() -> &'static dyn Any>("settings") }?;
    let settings = settings().downcast_ref::<Settings>();
    Ok(settings.map(|settings| settings.volume))
}
// ANCHOR_END: typeid

// ANCHOR: abort
pub fn abort() -> Result<String> {
    let plugin = open(&build(&PANIC_ABORT, "abort")?)?;
    // SAFETY: the plugin exports it with this type.
    let careful =
        unsafe { plugin.get::<fn() -> &'static str>("careful") }?;
    Ok(careful().into())
}
// ANCHOR_END: abort

// ANCHOR: signature
pub fn signature() -> Result<String> {
    let plugin = open(&built("signature")?)?;
    // SAFETY: none; the plugin's `square` takes and returns an i32.
    let square =
        unsafe { plugin.get::<extern "C" fn(i64) -> i64>("square") }?;
    Ok(square(100_000).to_string())
}
// ANCHOR_END: signature

pub const GOTCHAS: &[Gotcha] = &[
    Gotcha {
        name: "compiler",
        what: "None of another compiler, read by this one",
        right: "&str None, String None",
        undefined: true,
        elsewhere: None,
        unguarded: compiler,
        guarded: || match variants::has_nightly() {
            true => app(&[build(&NIGHTLY, "compiler")?], &[]),
            false => Ok(Verdict::of("skipped: see layout")),
        },
        because: "the descriptor says which compiler built the plugin",
    },
    Gotcha {
        name: "api",
        what: "a shared trait that got one more method",
        right: "parrot",
        undefined: true,
        elsewhere: None,
        unguarded: api,
        guarded: || app(&[other_api::voice_of_another_api()?], &[]),
        because: "the descriptor has a hash of the api's source",
    },
    Gotcha {
        name: "layout",
        what: "a struct whose fields lie in another order",
        right: "1 2 3 4 5 6",
        undefined: true,
        elsewhere: None,
        unguarded: layout,
        guarded: || app(&[build(&RANDOM_LAYOUT, "layout")?], &[]),
        because: "the descriptor names flags that change a layout",
    },
    Gotcha {
        name: "typeid",
        what: "a downcast, in a plugin of another profile",
        right: "debug Some(11), release Some(11)",
        undefined: false,
        elsewhere: None,
        unguarded: typeid,
        guarded: || app(&[build(&RELEASE, "typeid")?], &["volume"]),
        because: "no type of the api is ever downcast",
    },
    Gotcha {
        name: "abort",
        what: "a plugin built with panic = \"abort\" that catches",
        right: "caught",
        undefined: false,
        elsewhere: None,
        unguarded: abort,
        guarded: || app(&[build(&PANIC_ABORT, "abort")?], &[]),
        because: "the descriptor names the panic strategy",
    },
    Gotcha {
        name: "signature",
        what: "a function that is called with another type",
        right: "10000000000",
        undefined: true,
        elsewhere: None,
        unguarded: signature,
        guarded: || {
            variants::error_of("wrong_register")
                .map(|error| Verdict::of(&error))
        },
        because: "plugin! names the type, and the compiler checks it",
    },
    Gotcha {
        name: "cpu",
        what: "a plugin compiled for a newer processor",
        right: "11",
        undefined: true,
        elsewhere: Some(
            "its plugin is compiled for x86_64 Linux with glibc",
        ),
        unguarded: cpu::unguarded,
        guarded: cpu::guarded,
        because: "the descriptor names what the processor must know",
    },
];
