//! Builds with Cargo, and asks Cargo for the paths of what it built: a
//! person's settings may name a target, and then the files are in
//! another folder.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX, EXE_SUFFIX};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::variants::{gotchas, root};

/// The files of a build.
pub struct Built(Vec<PathBuf>);

impl Built {
    /// What this command builds.
    pub fn by(cargo: &mut Command) -> Result<Self> {
        let output = cargo.output()?;
        let text = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "cargo failed: {text}");
        let mut files = Vec::new();
        for line in String::from_utf8(output.stdout)?.lines() {
            let message: Value = serde_json::from_str(line)?;
            let of_target = message["filenames"].as_array();
            let names = of_target.into_iter().flatten();
            files.extend(
                names.filter_map(Value::as_str).map(From::from),
            );
        }
        Ok(Self(files))
    }

    pub fn library(&self, name: &str) -> Result<PathBuf> {
        self.file(&library(name))
    }

    pub fn program(&self, name: &str) -> Result<PathBuf> {
        self.file(&format!("{name}{EXE_SUFFIX}"))
    }

    fn file(&self, name: &str) -> Result<PathBuf> {
        let is_it = |path: &&PathBuf| path.ends_with(name);
        let found = self.0.iter().find(is_it).cloned();
        found.with_context(|| {
            format!("{name}: cargo built no such file")
        })
    }
}

/// Cargo in the root of the repository, which uses no network. All that
/// is built here shares one folder for what Cargo compiles on the way.
/// It shares more if the target is named, because flags and settings
/// then change no build script.
pub fn cargo(action: &str) -> Result<Command> {
    let mut cargo = cargo_in(&root(), action);
    cargo.args(["--offline", "--target", "host-tuple"]);
    cargo.env("CARGO_BUILD_BUILD_DIR", gotchas()?.join("build"));
    Ok(cargo)
}

/// Cargo in that folder, which says what it builds; its errors are for
/// people.
pub fn cargo_in(folder: &Path, action: &str) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(folder).args([action, "--quiet"]);
    cargo.arg("--message-format=json-render-diagnostics");
    cargo.env("CARGO_TERM_COLOR", "never");
    cargo
}

/// The name of a library's file on this platform.
pub fn library(name: &str) -> String {
    format!("{DLL_PREFIX}{name}{DLL_SUFFIX}")
}
