//! Two plugins that need two versions of one library. On Linux a needed
//! library is known by its SONAME, and the two versions share that.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::built::{Built, cargo};
use crate::child;
use crate::guarded::{Verdict, app_in, folder};
use crate::open;
use crate::variants::gotchas;

// ANCHOR: host
pub fn unguarded() -> Result<String> {
    let folder = folder()?;
    let first = install(folder.path(), "first", "a")?;
    let second = install(folder.path(), "second", "b")?;
    let (_first, second) = (open(first)?, open(second)?);
    // SAFETY: the plugin exports it with this type.
    let version =
        unsafe { second.get::<fn() -> u32>("needed_version") }?;
    Ok(format!("version {}", version()))
}
// ANCHOR_END: host

/// Each of the two plugins would be right without the other.
pub fn second_alone() -> Result<String> {
    let folder = folder()?;
    let second = open(install(folder.path(), "second", "b")?)?;
    // SAFETY: the plugin exports it with this type.
    let version =
        unsafe { second.get::<fn() -> u32>("needed_version") }?;
    Ok(format!("version {}", version()))
}

pub fn guarded() -> Result<Verdict> {
    let folder = folder()?;
    install(folder.path(), "first", "a")?;
    install(folder.path(), "second", "b")?;
    let mut verdict = app_in(folder.path(), &["second"], &[])?;
    // No field of a descriptor differs, so the text must say it.
    let is_refused = verdict.full.contains("refused ");
    if is_refused && verdict.full.contains("libhelper.so.1") {
        verdict.short = "refused: soname".into();
    }
    let alone = child::ask(&["soname", "second"], false)?;
    verdict.full += &format!("the second without the first: {alone}\n");
    Ok(verdict)
}

/// Builds a version of the helper, and the plugin that needs it, into
/// `folder`: the plugin itself, and the helper below it.
fn install(folder: &Path, which: &str, below: &str) -> Result<PathBuf> {
    let target = gotchas()?.join("soname").join(which);
    let helper = build(
        &target,
        which,
        "helper",
        &["-Clink-arg=-Wl,-soname,libhelper.so.1"],
    )?;
    // ANCHOR: install
    let beside = helper.with_file_name("").display().to_string();
    let plugin = build(
        &target,
        which,
        &format!("soname_{which}"),
        &[
            &format!("-Lnative={beside}"),
            &format!("-Clink-arg=-Wl,-rpath,$ORIGIN/{below}"),
        ],
    )?;
    fs::create_dir(folder.join(below))?;
    fs::copy(helper, folder.join(below).join("libhelper.so.1"))?;
    // ANCHOR_END: install
    let installed = folder.join(plugin.file_name().unwrap_or_default());
    fs::copy(plugin, &installed)?;
    Ok(installed)
}

fn build(
    target: &Path,
    version: &str,
    example: &str,
    flags: &[&str],
) -> Result<PathBuf> {
    let mut cargo = cargo("rustc")?;
    cargo.args(["--package", "gotcha-plugins", "--example", example]);
    cargo.args(["--features", &format!("{version}-helper")]);
    cargo.arg("--target-dir").arg(target).arg("--").args(flags);
    Built::by(&mut cargo)?.library(example)
}
