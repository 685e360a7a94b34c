//! A WebAssembly component, in the engine wasmtime. `host compile FROM TO`
//! makes the component of a module, and machine code of that.

use std::path::Path;
use std::{env, fs};

use anyhow::Result;
use timing::Shout;
use wasmtime::component::{Component, Linker};
use wasmtime::{Engine, Store};
use wit_component::ComponentEncoder;

wasmtime::component::bindgen!({ world: "plugin", path: "../plugin.wit" });

fn main() -> Result<()> {
    let words: Vec<_> = env::args().skip(1).collect();
    if let [word, from, to] = &words[..]
        && word == "compile"
    {
        return compile(Path::new(from), Path::new(to));
    }
    timing::measure(open)
}

/// What the host's owner does once: module, component, machine code.
fn compile(module: &Path, to: &Path) -> Result<()> {
    let module = fs::read(module)?;
    let mut encoder = ComponentEncoder::default();
    let component = encoder.module(&module)?.encode()?;
    fs::write(to.with_extension("wasm"), &component)?;
    let code = Engine::default().precompile_component(&component)?;
    fs::write(to.with_extension("cwasm"), code)?;
    Ok(())
}

// ANCHOR: host
fn open(path: &Path) -> Result<Shout> {
    let engine = Engine::default();
    let component = if path.extension() == Some("cwasm".as_ref()) {
        // SAFETY: we trust whoever has compiled it.
        unsafe { Component::deserialize_file(&engine, path) }?
    } else {
        Component::from_file(&engine, path)?
    };
    let linker = Linker::new(&engine);
    let mut store = Store::new(&engine, ());
    let plugin = Plugin::instantiate(&mut store, &component, &linker)?;
    Ok(Box::new(move |text, said| {
        *said += &plugin.call_shout(&mut store, text)?;
        Ok(())
    }))
}
// ANCHOR_END: host
