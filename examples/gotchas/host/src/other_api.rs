//! Builds a plugin against an api that has one more method.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::built::{Built, cargo};
use crate::variants::{gotchas, root};

/// The plugin `voice` of Example 2, built against a copy of its api in
/// which the host has one more method.
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
        for from in sources(&example.join(from))? {
            let bytes = match String::from_utf8(fs::read(&from)?) {
                Ok(text) => with_method(&text).into_bytes(),
                Err(error) => error.into_bytes(),
            };
            let name = from.file_name().context("a file")?;
            write_if_new(&to.join(name), &bytes)?;
        }
    }
    let workspace = other_workspace();
    write_if_new(&folder.join("Cargo.toml"), workspace.as_bytes())?;
    let mut cargo = cargo("build")?;
    cargo.current_dir(&folder).args(["--package", "voice"]);
    cargo.arg("--target-dir").arg(folder.join("target"));
    Built::by(&mut cargo)?.library("voice")
}

/// The source of the api, in which the host has one more method.
fn with_method(text: &str) -> String {
    text.replace(
        "pub trait Host {",
        "pub trait Host {\n    /// New.\n    \
         fn version(&self) -> u32;",
    )
}

/// The files of a folder that Cargo and the compiler read, without what
/// other tools have left there.
fn sources(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut sources = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default();
        let is_hidden = name.as_encoded_bytes().starts_with(b".");
        let is_source = path.extension().is_some_and(|extension| {
            ["rs", "toml"].iter().any(|e| extension == *e)
        });
        if is_source && !is_hidden && path.is_file() {
            sources.push(path);
        }
    }
    Ok(sources)
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
fn write_if_new(path: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(path).ok().as_deref() != Some(bytes) {
        fs::write(path, bytes)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::sources;

    #[test]
    fn what_tools_leave_in_a_folder_of_sources_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name| folder.path().join(name);
        fs::write(path("lib.rs"), "").unwrap();
        fs::write(path("Cargo.toml"), "").unwrap();
        for stray in ["default_1.profraw", "._lib.rs", "lib.rs~"] {
            fs::write(path(stray), b"\xff\xfe").unwrap();
        }
        fs::create_dir(path("old.rs")).unwrap();
        let mut found = sources(folder.path()).unwrap();
        found.sort();
        assert_eq!(found, ["Cargo.toml", "lib.rs"].map(path));
    }
}
