//! Hands plugins to the host of Example 2, the program `app`, and reads
//! from what it prints what it has made of them.

use std::env::consts::EXE_SUFFIX;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::variants::{gotchas, here};

/// What `app` did with a plugin.
pub struct Verdict {
    /// `refused: rustc`, or the last line of what the command printed:
    /// after `works: ` if that was its result, and not an error.
    pub short: String,
    /// All that it printed.
    pub full: String,
}

impl Verdict {
    /// A verdict that is a single text.
    pub fn of(text: &str) -> Self {
        let short = text.lines().next().unwrap_or_default().to_owned();
        Self { short, full: text.to_owned() }
    }
}

/// Runs a command of these plugins, in a folder that holds only them.
pub fn app(plugins: &[PathBuf], words: &[&str]) -> Result<Verdict> {
    app_in(folder_of(plugins)?.path(), words, &[])
}

/// A new folder with these plugins in it.
pub fn folder_of(plugins: &[PathBuf]) -> Result<TempDir> {
    let folder = folder()?;
    for plugin in plugins {
        let name = plugin.file_name().context("it has no name")?;
        fs::copy(plugin, folder.path().join(name))?;
    }
    Ok(folder)
}

/// The same, for a folder that is filled already.
pub fn app_in(
    folder: &Path,
    words: &[&str],
    environment: &[(&str, &Path)],
) -> Result<Verdict> {
    app_under(&[], folder, words, environment)
}

/// The same, run by another program, unless `runner` is empty.
pub fn app_under(
    runner: &[&str],
    folder: &Path,
    words: &[&str],
    environment: &[(&str, &Path)],
) -> Result<Verdict> {
    let output = program(runner)?
        .args(["--plugins", "."])
        .args(words)
        .current_dir(folder)
        .envs(environment.iter().copied())
        .output()?;
    // The folder has another name each time, which nobody needs to read.
    let real = fs::canonicalize(folder)?.join("");
    let full = text(&output).replace(&*real.to_string_lossy(), "");
    if full.contains("refused ") {
        let fields = differing_fields(runner, folder)?;
        return Ok(Verdict { short: fields, full });
    }
    // The app reports every failure, so silence is a crash.
    let silent = match output.status.success() {
        true => "nothing",
        false => "a crash",
    };
    let last = full.lines().last().unwrap_or(silent);
    let works = output.status.success() && !output.stdout.is_empty();
    let word = if works { "works: " } else { "" };
    Ok(Verdict { short: format!("{word}{last}"), full })
}

/// The fields of the descriptor that `app inspect` marks with `!`.
fn differing_fields(runner: &[&str], folder: &Path) -> Result<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let output =
            program(runner)?.arg("inspect").arg(path).output()?;
        for line in text(&output).lines() {
            if let Some(field) = line.strip_prefix("! ") {
                let name = field.split(' ').next().unwrap_or_default();
                names.push(name.to_owned());
            }
        }
    }
    // The table has room for one short name; the whole text has all.
    if names == ["target-features"] {
        names = vec!["processor".to_owned()];
    }
    names.truncate(1);
    Ok(format!("refused: {}", names.join(", ")))
}

fn program(runner: &[&str]) -> Result<Command> {
    let app = here()?.join(format!("app{EXE_SUFFIX}"));
    let mut command = match runner {
        [] => Command::new(app),
        [runner, arguments @ ..] => {
            let mut command = Command::new(runner);
            command.args(arguments).arg(app);
            command
        }
    };
    command.env("RUST_BACKTRACE", "0").env_remove("RUST_LOG");
    Ok(command)
}

/// Results first, then what was logged and said on stderr.
fn text(output: &Output) -> String {
    let out = String::from_utf8_lossy(&output.stdout);
    let err = String::from_utf8_lossy(&output.stderr);
    format!("{out}{err}")
}

/// An empty folder, removed when it is dropped.
pub fn folder() -> Result<TempDir> {
    let parent = gotchas()?;
    fs::create_dir_all(&parent)?;
    Ok(tempfile::tempdir_in(parent)?)
}
