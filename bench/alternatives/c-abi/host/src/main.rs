//! The ABI of C: the host copies what is in the plugin's header.

use std::ffi::c_void;
use std::path::Path;
use std::{ptr, slice};

use anyhow::{Result, ensure};
use libloading::Library;
use timing::Shout;

#[repr(C)]
struct Plugin {
    version: u32,
    shout: unsafe extern "C" fn(
        text: *const u8,
        length: usize,
        out: *mut c_void,
        write: unsafe extern "C" fn(*mut c_void, *const u8, usize),
    ) -> bool,
}

fn main() -> Result<()> {
    timing::measure(open)
}

// ANCHOR: host
fn open(path: &Path) -> Result<Shout> {
    // SAFETY: we trust the library's constructors.
    let library = Box::leak(Box::new(unsafe { Library::new(path) }?));
    // SAFETY: the author promises a `PLUGIN` of this type.
    let plugin = *unsafe { library.get::<*const Plugin>("PLUGIN") }?;
    // SAFETY: a static of a library that stays open. Whichever version
    // it is, its number comes first.
    let version = unsafe { plugin.cast::<u32>().read() };
    ensure!(version == 1, "version {version}");
    // SAFETY: it is of this type in version 1.
    let plugin: &'static Plugin = unsafe { &*plugin };
    Ok(Box::new(move |text, said| {
        let out = ptr::from_mut(said).cast();
        // SAFETY: all of it is there until the call returns.
        let done = unsafe {
            (plugin.shout)(text.as_ptr(), text.len(), out, write)
        };
        ensure!(done, "shout failed");
        Ok(())
    }))
}

unsafe extern "C" fn write(
    out: *mut c_void,
    text: *const u8,
    length: usize,
) {
    // SAFETY: the plugin gives back what it was given.
    let out = unsafe { &mut *out.cast::<String>() };
    // Of no bytes, C may give a null pointer.
    if length == 0 {
        return;
    }
    // SAFETY: it promises so many bytes.
    let text = unsafe { slice::from_raw_parts(text, length) };
    *out += &String::from_utf8_lossy(text);
}
// ANCHOR_END: host
