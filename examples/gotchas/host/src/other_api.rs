//! Builds a plugin against an api that has got one more method.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::variants::{built_library, cargo, finished, gotchas, root};

/// The plugin `voice` of Example 2, built against a copy of its api in
/// which the host has got one more method.
pub fn voice_of_another_api() -> Result<PathBuf> {
    let folder = gotchas()?.join("other-api");
    let example = root().join("examples/02-registration");
    for (from, to) in [
        ("api", "api"),
        ("api/src", "api/src"),
        ("plugins/voice", "voice"),
        ("plugins/voice/src", "voice/src"),
    ] {
        let to = folder.join(to);
        fs::create_dir_all(&to)?;
        for entry in fs::read_dir(example.join(from))? {
            let from = entry?.path();
            if from.is_file() {
                let text = fs::read_to_string(&from)?.replace(
                    "pub trait Host {",
                    "pub trait Host {\n    /// New.\n    \
                     fn version(&self) -> u32;",
                );
                let name = from.file_name().context("a file")?;
                write_if_new(&to.join(name), &text)?;
            }
        }
    }
    write_if_new(&folder.join("Cargo.toml"), &other_workspace())?;
    let output = cargo("build")
        .current_dir(&folder)
        .args(["--package", "voice", "--target-dir"])
        .arg(folder.join("target"))
        .output()?;
    finished(&output)?;
    built_library(&folder.join("target/debug"), "voice")
}

/// What the crates of that workspace take from it.
fn other_workspace() -> String {
    let mut text = concat!(
        "[workspace]\nmembers = [\"api\", \"voice\"]\nresolver = \"3\"\n\
         [workspace.package]\nedition = \"2024\"\nlicense = \"MIT\"\n\
         publish = false\nrust-version = \"1.95\"\nversion = \"",
        env!("CARGO_PKG_VERSION"),
        "\"\n[workspace.lints]\n[workspace.dependencies]\n\
         command-api = { path = \"api\" }\n"
    )
    .to_owned();
    for name in ["build", "plugin"] {
        let path = root().join("crates").join(name);
        text += &format!("nutshell-{name} = {{ path = {path:?} }}\n");
    }
    text
}

/// Cargo looks at the times of files, so old text stays as it is.
fn write_if_new(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text)?;
    }
    Ok(())
}
