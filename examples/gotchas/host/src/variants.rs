//! Builds a plugin again with other settings, each in a folder of its
//! own under `target/gotchas/`. Cargo builds each of them only once.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::built::{Built, cargo, library};

/// What is different about a build.
pub struct Variant {
    folder: &'static str,
    arguments: &'static [&'static str],
    environment: &'static [(&'static str, &'static str)],
}

const fn variant(
    folder: &'static str,
    arguments: &'static [&'static str],
    environment: &'static [(&'static str, &'static str)],
) -> Variant {
    Variant { folder, arguments, environment }
}

// ANCHOR: variants
pub const NIGHTLY: Variant = variant(
    "nightly",
    &[],
    // Or the name that the variable `NIGHTLY_TOOLCHAIN` has.
    &[("RUSTUP_TOOLCHAIN", "nightly"), ("RUSTUP_AUTO_INSTALL", "0")],
);
pub const NEWER_API: Variant =
    variant("newer-api", &["--features", "newer-api"], &[]);
pub const RANDOM_LAYOUT: Variant = variant(
    "random-layout",
    &[],
    // The first lets a stable compiler take the flags of the second.
    &[
        ("RUSTC_BOOTSTRAP", "1"),
        ("RUSTFLAGS", "-Zrandomize-layout -Zlayout-seed=1"),
    ],
);
pub const RELEASE: Variant = variant(
    "release",
    // It compiles quicker so, and is still another profile.
    &["--release", "--config", "profile.release.lto=false"],
    &[],
);
pub const PANIC_ABORT: Variant =
    variant("abort", &["--config", "profile.dev.panic='abort'"], &[]);
pub const NO_DELETE: Variant = variant(
    "no-delete",
    &[],
    &[("RUSTFLAGS", "-Clink-arg=-Wl,-z,nodelete")],
);
pub const NEWER_CPU: Variant = variant(
    "newer-cpu",
    &[],
    &[("RUSTFLAGS", "-Ctarget-cpu=x86-64-v3")],
);
// ANCHOR_END: variants

/// A plugin with the settings of this program.
pub fn built(plugin: &str) -> Result<PathBuf> {
    let path = here()?.join("examples").join(library(plugin));
    ensure!(path.exists(), "{plugin}: not built; type `make gotchas`");
    Ok(path)
}

/// A plugin with other settings.
pub fn build(variant: &Variant, plugin: &str) -> Result<PathBuf> {
    let mut cargo = cargo("build")?;
    cargo.args(["--package", "gotcha-plugins", "--example", plugin]);
    let folder = gotchas()?.join(variant.folder);
    cargo.arg("--target-dir").arg(&folder);
    cargo.args(variant.arguments).envs(environment(variant));
    if environment(variant).any(|(name, _)| name == "RUSTC_BOOTSTRAP") {
        // In a shared folder, build scripts would run again for others.
        cargo.env("CARGO_BUILD_BUILD_DIR", folder);
    }
    Built::by(&mut cargo)?.library(plugin)
}

/// The variables of a variant. The workflow installs a nightly of one
/// day, and says which.
fn environment(
    variant: &Variant,
) -> impl Iterator<Item = (&'static str, OsString)> {
    let dated = env::var_os("NIGHTLY_TOOLCHAIN");
    variant.environment.iter().map(move |(name, value)| {
        let value = match (*value, &dated) {
            ("nightly", Some(dated)) => dated.clone(),
            (value, _) => value.into(),
        };
        (*name, value)
    })
}

/// Whether a second compiler is installed that can build this code.
pub fn has_nightly() -> bool {
    let version = Command::new("rustc")
        .envs(environment(&NIGHTLY))
        .arg("--version")
        .output();
    version.is_ok_and(|output| {
        let name = String::from_utf8_lossy(&output.stdout);
        let is_nightly = name.contains("-nightly");
        let minor = |text: &str| text.split('.').nth(1)?.parse().ok();
        let needed: Option<u32> = minor(env!("CARGO_PKG_RUST_VERSION"));
        output.status.success() && is_nightly && minor(&name) >= needed
    })
}

/// What the compiler reports about code that does not compile: its
/// first error, after a line with the code of that error.
pub fn error_of(example: &str) -> Result<String> {
    let output = cargo("check")?
        .args(["--package", "gotcha-plugins", "--example", example])
        .args(["--features", "wrong", "--target-dir"])
        .arg(gotchas()?.join("wrong"))
        .output()?;
    ensure!(!output.status.success(), "{example}: compiles");
    let text = String::from_utf8_lossy(&output.stderr);
    let (_, text) = text.split_once("error[").context("no error")?;
    let (code, _) = text.split_once(']').context("no code")?;
    let message = text.split("\n\n").next().unwrap_or_default();
    Ok(format!("does not compile: {code}\nerror[{message}"))
}

/// The folder of the repository: the one that this program is in, or
/// the one that it was built in.
pub fn root() -> PathBuf {
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR"));
    let is_root =
        |path: &&Path| path.join("examples/gotchas/host").is_dir();
    let here = here().unwrap_or_default();
    let lies_in = here.ancestors().find(is_root);
    let root = lies_in.or(built_in.ancestors().nth(3));
    root.unwrap_or(built_in).to_owned()
}

/// The folder of this program, such as `target/debug`.
pub fn here() -> Result<PathBuf> {
    let program = env::current_exe()?;
    Ok(program.parent().context("it has no folder")?.to_owned())
}

/// The folder `target/gotchas`, for all that is built or tried here.
pub fn gotchas() -> Result<PathBuf> {
    Ok(here()?.with_file_name("gotchas"))
}
