//! Example 1: open a library while the program runs, look a symbol up,
//! call it. `Library::new` and `Library::get` are the counterpart of
//! `plugin.Open` and `Lookup` in Go.
//!
//! `basic-host LIBRARY` calls the `add` of that library, whichever
//! language it was written in. Without an argument, it takes the plugin
//! that `cargo build` put beside this program.
//!
//! It does not check that the library fits, on purpose. Nothing here
//! asks which compiler built it or which type its `add` has, and opening
//! it runs its code. Example 2 is the host that checks.

// ANCHOR: program
use std::env::{self, consts};
use std::ffi::OsStr;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use libloading::{Library, Symbol};

// ANCHOR: load
type Add = extern "C" fn(i64, i64) -> i64;

fn load_and_call(path: &Path) -> Result<i64> {
    // SAFETY: opening runs the library's constructors: we trust it.
    let library = unsafe { Library::new(path) }?;

    // SAFETY: the library's author promises an `add` of this type.
    let add: Symbol<Add> = unsafe { library.get("add") }
        .context("it has no symbol named add")?;

    Ok(add(2, 40))
}
// ANCHOR_END: load

// ANCHOR: main
fn run() -> Result<()> {
    let mut arguments = env::args_os().skip(1);
    let path = match (arguments.next(), arguments.next()) {
        (None, _) => beside_this_program("basic_plugin")?,
        (Some(library), None) if is_path(&library) => library.into(),
        _ => bail!("usage: basic-host [LIBRARY]"),
    };
    // A bare file name would be searched in the system's folders.
    let library = Path::new(".").join(&path);
    let sum = check_is_file(&library)
        .and_then(|()| load_and_call(&library))
        .with_context(|| format!("{}", path.display()))?;
    match writeln!(io::stdout(), "add(2, 40) = {sum}") {
        // Whoever read it may have seen enough.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(error).context("writing the output")
        }
        _ => Ok(()),
    }
}
// ANCHOR_END: main

/// The system's loader would wait for somebody to write to a pipe.
fn check_is_file(path: &Path) -> Result<()> {
    ensure!(path.metadata()?.is_file(), "not a file");
    Ok(())
}

fn is_path(argument: &OsStr) -> bool {
    !argument.is_empty() && !argument.to_string_lossy().starts_with('-')
}

// ANCHOR: name
/// The path of a library as this platform names it: `libx.so`,
/// `libx.dylib` or `x.dll`.
fn beside_this_program(name: &str) -> Result<PathBuf> {
    let file =
        format!("{}{name}{}", consts::DLL_PREFIX, consts::DLL_SUFFIX);
    let path = env::current_exe()?.with_file_name(&file);
    ensure!(path.exists(), "{file}: not built yet; run cargo build");
    Ok(path)
}
// ANCHOR_END: name

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "{error:#}");
            ExitCode::FAILURE
        }
    }
}
// ANCHOR_END: program

#[cfg(all(target_feature = "crt-static", target_os = "linux"))]
compile_error!("a statically linked program cannot open libraries");
