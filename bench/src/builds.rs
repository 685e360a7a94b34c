//! All that is built before anything is measured. What comes of it lies
//! below `target/bench/`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use memchr::memmem;
use serde_json::Value;

use crate::process::finish;

/// Where the benchmark's own sources are.
const SOURCES: &str = env!("CARGO_MANIFEST_DIR");

/// The path of Go's plugin. Go opens a plugin once, and knows it by the
/// path that it was built with: every copy needs another. [`go_path`]
/// makes them.
const GO_PATH: &str = "aQaQaQaQaQaQaQaQaQaQ";

/// What the benchmark works with.
pub struct Builds {
    /// Everything lies in here.
    pub folder: PathBuf,
    /// Example 1's plugin.
    pub basic: PathBuf,
    /// Example 2's plugin; `../rust`.
    pub plugin: PathBuf,
    /// The same, with the standard library as a library of its own.
    pub shared: PathBuf,
    /// The folder of that standard library.
    pub std: PathBuf,
    /// None where there is no such compiler.
    pub c: Option<C>,
    pub go: Option<Go>,
}

pub struct C {
    /// As the compiler says it.
    pub version: String,
    pub host: PathBuf,
    pub library: PathBuf,
}

pub struct Go {
    /// As the compiler says it.
    pub version: String,
    pub host: PathBuf,
    pub plugin: PathBuf,
    /// The plugin's source, a copy.
    pub source: PathBuf,
}

impl Builds {
    /// Builds below that folder.
    pub fn new(folder: PathBuf) -> Result<Self> {
        fs::create_dir_all(&folder)?;
        let release = ["--release"];
        // The compiler does not do both.
        let flags = [
            r#"build.rustflags=["-Cprefer-dynamic"]"#,
            "profile.release.lto=false",
        ];
        Ok(Self {
            basic: cargo("basic-plugin", &release)?,
            plugin: cargo("bench-plugin", &release)?,
            shared: variant(&folder, "shared", &flags)?,
            std: standard_library()?,
            c: C::new(&folder.join("c"))?,
            go: Go::new(&folder.join("go"))?,
            folder,
        })
    }

    /// The plugin, with something set in another way.
    pub fn variant(
        &self,
        name: &str,
        setting: &str,
    ) -> Result<PathBuf> {
        variant(&self.folder, name, &[setting])
    }

    /// A copy of the plugin that can be changed: a workspace of its own,
    /// built as this one is.
    pub fn own_workspace(&self) -> Result<PathBuf> {
        let folder = self.folder.join("rebuild");
        let root = Path::new(SOURCES).join("..");
        let manifest = fs::read_to_string(root.join("Cargo.toml"))?;
        let (_, profile) = manifest
            .split_once("[profile.release]")
            .context("Cargo.toml has no [profile.release]")?;
        let api = root.join("examples/02-registration/api");
        let manifest = format!(
            "[package]\nname = \"bench-plugin\"\nedition = \"2024\"\n\
             [lib]\ncrate-type = [\"cdylib\"]\n\
             [dependencies]\ncommand-api = {{ path = {api:?} }}\n\
             [workspace]\n[profile.release]{profile}",
        );
        fs::create_dir_all(folder.join("src"))?;
        fs::write(folder.join("Cargo.toml"), manifest)?;
        let source = Path::new(SOURCES).join("rust/src/lib.rs");
        fs::copy(source, folder.join("src/lib.rs"))?;
        Ok(folder)
    }
}

fn variant(
    folder: &Path,
    name: &str,
    settings: &[&str],
) -> Result<PathBuf> {
    let target = folder.join(name).into_os_string();
    let target = target.into_string().ok().context("no UTF-8 path")?;
    let mut arguments = vec!["--release", "--target-dir", &target];
    for setting in settings {
        arguments.extend(["--config", setting]);
    }
    cargo("bench-plugin", &arguments)
}

fn standard_library() -> Result<PathBuf> {
    let mut command = Command::new("rustc");
    command.current_dir(SOURCES).args(["--print", "target-libdir"]);
    let output = command.output().context("rustc does not run")?;
    ensure!(output.status.success(), "rustc has no target-libdir");
    Ok(String::from_utf8(output.stdout)?.trim().into())
}

impl C {
    fn new(folder: &Path) -> Result<Option<Self>> {
        let compiler = env::var("CC").unwrap_or("cc".into());
        let version = version(&compiler, "--version");
        let Some(version) = version.filter(|_| cfg!(unix)) else {
            eprintln!("{compiler} does not run here: no column for C");
            return Ok(None);
        };
        fs::create_dir_all(folder)?;
        let (host, library) = (folder.join("host"), folder.join("add"));
        let source = Path::new(SOURCES).join("c");
        finish(
            Command::new(&compiler)
                .args(["-O2", "-o"])
                .arg(&host)
                .arg(source.join("host.c"))
                .arg("-ldl"),
        )?;
        finish(
            Command::new(&compiler)
                .args(["-O2", "-shared", "-fPIC", "-o"])
                .arg(&library)
                .arg(source.join("add.c")),
        )?;
        Ok(Some(Self { version, host, library }))
    }
}

impl Go {
    fn new(folder: &Path) -> Result<Option<Self>> {
        let compiler = go_compiler();
        let Some(version) = version(&compiler, "version") else {
            eprintln!("{compiler} does not run here: no column for Go");
            return Ok(None);
        };
        let sources = Path::new(SOURCES).join("go");
        let plugin = format!("{GO_PATH}/main.go");
        for (from, to) in [
            ("go.mod", "go.mod"),
            ("api/api.go", "api/api.go"),
            ("host/main.go", "host/main.go"),
            ("plugin/main.go", &plugin),
        ] {
            let to = folder.join(to);
            fs::create_dir_all(to.parent().context("no folder")?)?;
            fs::copy(sources.join(from), to)?;
        }
        let go = Self {
            version,
            host: folder.join("host.out"),
            plugin: folder.join("plugin.so"),
            source: folder.join(plugin),
        };
        let mut host = go_build();
        host.current_dir(folder).arg("-o").arg(&go.host);
        finish(host.arg("./host"))?;
        go.build_plugin()?;
        Ok(Some(go))
    }

    /// Builds the plugin from its source, stripped.
    pub fn build_plugin(&self) -> Result<()> {
        let folder = self.source.parent().context("no folder")?;
        let mut build = go_build();
        build.args(["-buildmode=plugin", "-ldflags=-s -w", "-o"]);
        build.current_dir(folder).arg(&self.plugin);
        finish(build.arg("."))
    }
}

fn go_compiler() -> String {
    env::var("GO").unwrap_or("go".into())
}

fn go_build() -> Command {
    // Without -trimpath on both sides, a plugin that was built in
    // another folder is refused.
    let mut command = Command::new(go_compiler());
    command.args(["build", "-trimpath"]);
    command
}

/// The plugin's bytes under the path with that number, at most 1,023.
///
/// A pair of characters is replaced by another with the same hash, so
/// that the library's table of symbols stays right: `aQ` and `b0` are
/// equal in `c * 33 + d`, as the linker's hash adds them up.
pub fn with_go_path(plugin: &[u8], number: usize) -> Vec<u8> {
    let pairs = (0..GO_PATH.len() / 2)
        .map(|bit| if number >> bit & 1 == 0 { "aQ" } else { "b0" });
    let path: String = pairs.collect();
    let mut bytes = plugin.to_vec();
    for at in memmem::find_iter(plugin, GO_PATH) {
        bytes[at..at + path.len()].copy_from_slice(path.as_bytes());
    }
    bytes
}

/// Builds a package's plugin or program, and gives the file where cargo
/// says.
pub fn cargo(package: &str, arguments: &[&str]) -> Result<PathBuf> {
    let cargo = env::var_os("CARGO").unwrap_or("cargo".into());
    let output = Command::new(cargo)
        .current_dir(Path::new(SOURCES).join(".."))
        .args(["build", "--quiet", "--message-format=json"])
        .args(["--package", package])
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()
        .context("cargo does not run")?;
    ensure!(output.status.success(), "{package} was not built");
    let text = String::from_utf8(output.stdout)?;
    for line in text.lines() {
        let message: Value = serde_json::from_str(line)?;
        let name = package.replace('-', "_");
        let target = message["target"]["name"].as_str();
        // A program may have a library of the same name, for its tests.
        let is_linked = message["target"]["crate_types"][0] != "lib";
        let is_it = target == Some(package) || target == Some(&name);
        if is_it && is_linked {
            let file = message["filenames"][0].as_str();
            if let Some(file) = file {
                return Ok(file.into());
            }
        }
    }
    bail!("cargo does not say where {package} is")
}

/// The first line of what a program says of its version; none if it
/// does not run.
fn version(program: &str, argument: &str) -> Option<String> {
    let output = Command::new(program).arg(argument).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then_some(())?;
    Some(text.lines().next()?.to_owned())
}
