//! The build-script half of a plugin interface: it measures what this
//! build is made of, so that a host can compare it with a plugin's.
//!
//! An interface crate, on which the host and every plugin depend, has
//! this as its whole `build.rs`:
//!
//! ```no_run
//! fn main() {
//!     nutshell_build::describe("src");
//! }
//! ```
//!
//! The crate that the build script belongs to can then read these
//! environment variables:
//!
//! | with `env!` | for instance |
//! | --- | --- |
//! | `NUTSHELL_RUSTC` | `rustc 1.95.0 (59807616e 2026-04-14); commit-hash: …; LLVM version: 22.1.2` |
//! | `NUTSHELL_TARGET` | `x86_64-unknown-linux-gnu` |
//! | `NUTSHELL_FEATURES` | `default,newer-api` |
//! | `NUTSHELL_SOURCE` | `9ae16a3b2f90402f`, a hash of the source's tokens |
//! | `NUTSHELL_OPT_LEVEL` | `3` |
//!
//! It can also include `concat!(env!("OUT_DIR"), "/nutshell.rs")`,
//! which holds what only compiled code can know: the constant
//! `NUTSHELL_CFG` and the macro `nutshell_target_features!`.
//!
//! # What it does not see
//!
//! - A `cfg` predicate that appears only as an argument of a macro, for
//!   use in `#[cfg($when)]`.
//! - A file that is included under a computed name
//!   (`include!(concat!(…))`).
//! - For a literal `include!` inside a `macro_rules!` body, the file
//!   next to the one that calls the macro. The hash uses the file next
//!   to the one that defines the macro.
//! - A processor feature that is unstable in Rust, which a stable
//!   compiler hides from `cfg`, even when `-Ctarget-cpu` turns it on.
//! - Flags that Cargo gives to a dependency other than
//!   `nutshell-plugin`, as a `[profile.release.package.…]` does.
//! - How C code that a plugin links was compiled, for instance with
//!   `-march`.
#![deny(missing_docs)]
// The example is a whole `build.rs`, to be copied as it is.
#![allow(clippy::needless_doctest_main)]

mod cfg;
mod compiler;
mod features;
mod files;
mod folder;
mod generated;
mod hash;
mod literal;
mod modules;
mod paths;
mod target;
mod tokens;

use std::path::{Path, PathBuf};
use std::{env, fs, process};

/// An error is a sentence for a person: first the file or the tool,
/// then what is wrong with it, then what to do.
type Result<T> = std::result::Result<T, String>;

/// Measures this build and hands the facts to the crate that the build
/// script belongs to.
///
/// `source` is the folder with the crate's source, or the one file that
/// is the crate's root, relative to the crate's folder. The hash covers
/// the whole module tree, wherever its files are.
///
/// The hash leaves out comments, documentation (`#[doc …]`), white
/// space between tokens, line ends, hidden files and, unless the source
/// includes them, files without the extension `.rs`.
///
/// # Custom targets
///
/// Cargo gives a build script the stem of a custom target's JSON file,
/// but not its path. `NUTSHELL_TARGET` is then this stem and a hash of
/// what Cargo reports about the target (`CARGO_CFG_TARGET_*`, without
/// the features, which are measured separately). Two files that differ
/// only in other things, such as a linker's arguments, look alike.
///
/// # Errors
///
/// This function prints `cargo::error=…` and ends the build script with
/// status 1 if there is no source; if a source file cannot be read, is
/// not UTF-8 or not Rust; if the compiler gives no usable answer; if
/// `RUSTC_WORKSPACE_WRAPPER` substitutes another compiler; or if it is
/// not Cargo that runs the build script.
pub fn describe(source: impl AsRef<Path>) {
    if let Err(error) = try_describe(source.as_ref()) {
        // Each line that Cargo reads is a command of its own.
        println!("cargo::error={}", error.replace(['\r', '\n'], " "));
        process::exit(1);
    }
}

fn try_describe(source: &Path) -> Result<()> {
    watch(source);
    let files = files::read(source)?;
    files.outside.iter().for_each(|file| watch(file));

    // ANCHOR: facts
    let compiler = compiler::Compiler::of_this_build()?;
    let target = target::Target::of_this_build(&compiler)?;
    set("RUSTC", &compiler.identity()?);
    set("TARGET", &target.name);
    set("FEATURES", &features::of_this_build());
    set("SOURCE", &format!("{:016x}", files.hash()));
    set("OPT_LEVEL", &env::var("OPT_LEVEL").unwrap_or_default());
    // ANCHOR_END: facts

    let out = env::var_os("OUT_DIR").ok_or_else(|| unset("OUT_DIR"))?;
    let file = PathBuf::from(out).join("nutshell.rs");
    let text = generated::text(
        &files.names(source),
        &files.cfg_leaves(),
        &target.features(&compiler)?,
    );
    fs::write(&file, text).map_err(|error| {
        format!("{}: cannot be written: {error}", file.display())
    })
}

fn set(name: &str, value: &str) {
    println!("cargo::rustc-env=NUTSHELL_{name}={value}");
}

// There is no `rerun-if-env-changed` for the compiler and its wrappers:
// Cargo runs every build script again when `rustc -vV`, run through the
// wrappers, prints something else. Naming RUSTC_WORKSPACE_WRAPPER here
// would rebuild everything between `cargo build` and `cargo clippy`.
fn watch(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
}

fn unset(name: &str) -> String {
    format!(
        "{name}: not set; call nutshell_build::describe from a build \
         script that Cargo runs"
    )
}
