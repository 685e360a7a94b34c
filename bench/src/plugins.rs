//! The plugins to load: many copies of one, each a file of its own. A
//! link would not do: the system opens a file once, whatever its names.

use std::env::{self, consts};
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tempfile::TempDir;

/// A folder, removed at the end, and how many plugins are in it.
pub struct Folder {
    pub folder: TempDir,
    pub plugins: usize,
}

/// Builds a small plugin that registers a command under the name of its
/// file, as it would be shipped. The file is where cargo says.
pub fn build() -> Result<PathBuf> {
    let cargo = env::var_os("CARGO").unwrap_or("cargo".into());
    let output = Command::new(cargo)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .args(["build", "--quiet", "--release"])
        .args(["--example", "own_name", "--message-format=json"])
        .stderr(Stdio::inherit())
        .output()
        .context("cargo does not run")?;
    ensure!(output.status.success(), "own_name was not built");
    let text = String::from_utf8(output.stdout)?;
    let messages = text.lines().map(serde_json::from_str::<Value>);
    for message in messages {
        let message = message?;
        if message["target"]["name"] == "own_name" {
            let file = message["filenames"][0].as_str();
            return Ok(file.context("it has no file")?.into());
        }
    }
    anyhow::bail!("cargo does not say where own_name is")
}

/// Copies the plugin into folders below `target`, one folder for each
/// number of plugins.
pub fn copy(
    plugin: &Path,
    numbers: &[NonZeroUsize],
    target: &Path,
) -> Result<Vec<Folder>> {
    let (prefix, suffix) = (consts::DLL_PREFIX, consts::DLL_SUFFIX);
    let mut folders = Vec::new();
    for number in numbers {
        let plugins = number.get();
        let folder = tempfile::tempdir_in(target)
            .with_context(|| format!("{}", target.display()))?;
        for i in 0..plugins {
            let name = format!("{prefix}plugin{i:04}{suffix}");
            fs::copy(plugin, folder.path().join(name))?;
        }
        folders.push(Folder { folder, plugins });
    }
    Ok(folders)
}
