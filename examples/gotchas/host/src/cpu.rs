//! A plugin that is compiled for a newer processor than the one that
//! runs it. A machine that is new enough emulates an older one.

use std::env;
use std::process::{self, Command};

use anyhow::{Result, ensure};

use crate::child;
use crate::guarded::{Verdict, app_under, folder_of};
use crate::open;
use crate::variants::{NEWER_CPU, build};

/// An x86-64-v2, as that level is defined, which knows no AVX.
const OLDER_CPU: [&str; 3] = ["qemu-x86_64", "-cpu", "Nehalem"];

// ANCHOR: host
pub fn unguarded() -> Result<String> {
    if let Some(skipped) = skipped() {
        return Ok(skipped.into());
    }
    if !is_older() {
        return emulated();
    }
    on_this_processor()
}

pub fn on_this_processor() -> Result<String> {
    let plugin = open(build(&NEWER_CPU, "cpu")?)?;
    // SAFETY: none; nobody has looked whether this processor can.
    let louder = unsafe { plugin.get::<fn(f64) -> f64>("louder") }?;
    Ok(louder(10.0).to_string())
}
// ANCHOR_END: host

// ANCHOR: is_older
/// Whether the processor that runs this lacks what the plugin uses.
fn is_older() -> bool {
    #[cfg(target_arch = "x86_64")]
    return !is_x86_feature_detected!("avx");
    #[cfg(not(target_arch = "x86_64"))]
    return false;
}
// ANCHOR_END: is_older

/// This program once more, on an older processor.
fn emulated() -> Result<String> {
    let [qemu, arguments @ ..] = OLDER_CPU;
    let output = Command::new(qemu)
        .args(arguments)
        .arg(env::current_exe()?)
        .args(["--child", "cpu"])
        .output()?;
    if output.status.success() {
        return Ok(String::from_utf8(output.stdout)?);
    }
    let error = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.code().is_none(), "{error}");
    // A signal has ended it; this process must not do better.
    process::exit(128);
}

/// Why this machine cannot show the gotcha, if it cannot.
fn skipped() -> Option<&'static str> {
    if !cfg!(target_arch = "x86_64") {
        return Some("skipped: only on x86_64");
    }
    if cfg!(target_feature = "avx") {
        return Some("skipped: this host is built for a newer one");
    }
    let has_qemu =
        || Command::new(OLDER_CPU[0]).arg("--version").output().is_ok();
    let skipped = !is_older() && !has_qemu();
    skipped.then_some("skipped: needs qemu-user")
}

pub fn guarded() -> Result<Verdict> {
    if let Some(skipped) = skipped() {
        return Ok(Verdict::of(skipped));
    }
    let folder = folder_of(&[build(&NEWER_CPU, "cpu")?])?;
    let runner: &[&str] = if is_older() { &[] } else { &OLDER_CPU };
    let mut verdict =
        app_under(runner, folder.path(), &["louder"], &[])?;
    if verdict.short.starts_with("qemu: uncaught target signal") {
        verdict.short = "a crash".into();
    }
    if !is_older() {
        let answer = child::ask(&["cpu", "here"], true)?;
        let full = format!("on this machine's processor: {answer}\n");
        verdict.full += &full;
    }
    Ok(verdict)
}
