//! `gotchas shared-runtime`: the workspace in `../shared-runtime/`, once
//! with a standard library in each library, as Rust does it, and once
//! with one for all of them, as Go does it. Each cell comes from a run.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::built::{Built, cargo_in};
use crate::child::reason;
use crate::gotchas::{IS_LINUX, NOT_HERE};
use crate::variants::{gotchas, root};

const WORKSPACE: &str = "examples/gotchas/shared-runtime";
const PLUGIN: &str = "shared_plugin";

/// One of the two models, built.
struct Model {
    release: Built,
    /// The plugin alone.
    debug: Built,
    /// When the trait had one more method.
    one_more: Built,
    /// Libraries that must be in the folder of the plugins.
    beside: Vec<PathBuf>,
}

impl Model {
    // ANCHOR: models
    fn own_std() -> Result<Self> {
        Self::new("own-std", "")
    }

    fn one_std() -> Result<Self> {
        let mut model = Self::new("one-std", "-C prefer-dynamic")?;
        model.beside.push(standard_library()?);
        model.beside.push(model.release.library("shared_api")?);
        Ok(model)
    }
    // ANCHOR_END: models

    fn new(name: &str, flags: &str) -> Result<Self> {
        let folder = gotchas()?.join(name);
        let build = |below: &str,
                     arguments: &[&str],
                     one_more: &str| {
            let mut cargo = cargo_in(&root().join(WORKSPACE), "build");
            cargo.args(["--locked", "--target-dir"]);
            cargo.arg(folder.join(below)).args(arguments);
            cargo.env("RUSTFLAGS", flags).env("ONE_MORE", one_more);
            Built::by(&mut cargo)
        };
        let plugin = ["--package", "shared-plugin"];
        Ok(Self {
            release: build("", &["--release"], "0")?,
            debug: build("", &plugin, "0")?,
            one_more: build("one-more", &["--release"], "1")?,
            beside: vec![],
        })
    }

    fn program(&self) -> Result<PathBuf> {
        self.release.program("shared-host")
    }

    /// Asks the plugin of that build in a process of its own.
    fn ask(&self, plugin: &Built, question: &str) -> Result<String> {
        let folders = self.beside.iter().filter_map(|l| l.parent());
        let output = Command::new(self.program()?)
            .arg(plugin.library(PLUGIN)?)
            .arg(question)
            .env("RUST_BACKTRACE", "0")
            .env("LD_LIBRARY_PATH", std::env::join_paths(folders)?)
            .output()?;
        let error = String::from_utf8_lossy(&output.stderr);
        Ok(if output.status.success() {
            String::from_utf8_lossy(&output.stdout).trim().to_owned()
        } else if error.contains("undefined symbol") {
            "does not load".to_owned()
        } else {
            reason(&error, true)
        })
    }

    /// With a plugin that was built when the trait had one more method.
    fn ask_one_more(&self) -> Result<String> {
        let answer = self.ask(&self.one_more, "name")?;
        let is_right = answer == "parrot";
        let word = if is_right { "right, by luck" } else { "wrong" };
        Ok(format!("{word}: {answer}"))
    }

    fn sizes(&self) -> Result<Sizes> {
        let mut beside = 0;
        for library in &self.beside {
            beside += size(library)?;
        }
        let host = size(&self.program()?)?;
        let plugin = size(&self.release.library(PLUGIN)?)?;
        Ok(Sizes { host, plugin, beside })
    }
}

/// In kilobytes.
struct Sizes {
    host: u64,
    plugin: u64,
    beside: u64,
}

impl Sizes {
    fn with_plugins(&self, number: u64) -> u64 {
        self.host + self.beside + number * self.plugin
    }
}

fn size(file: &Path) -> Result<u64> {
    Ok(fs::metadata(file)?.len().div_ceil(1000))
}

/// The standard library as a library of its own, as rustup brings it.
fn standard_library() -> Result<PathBuf> {
    let output = Command::new("rustc")
        .current_dir(root())
        .args(["--print", "target-libdir"])
        .output()?;
    let folder = String::from_utf8(output.stdout)?;
    for entry in fs::read_dir(folder.trim())? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default();
        let is_std = name.to_string_lossy().starts_with("libstd-");
        let extension = path.extension().unwrap_or_default();
        if is_std && extension == std::env::consts::DLL_EXTENSION {
            return Ok(path);
        }
    }
    None.context("this toolchain has no shared standard library")
}

/// The table of the two models.
pub fn table() -> Result<()> {
    let mut out = io::stdout().lock();
    if !IS_LINUX {
        return Ok(writeln!(out, "{NOT_HERE}")?);
    }
    let (own, one) = (Model::own_std()?, Model::one_std()?);
    let models = [&one, &own];
    let mut row = |name: &str, cells: [String; 2]| {
        writeln!(out, "{name:<12} {:<22} {}", cells[0], cells[1])
    };
    row("", ["one std".into(), "own std".into()])?;
    for (name, question) in [
        ("static", "static"),
        ("log level", "log"),
        ("downcast", "downcast"),
        ("2 profiles", "downcast"),
        ("panic", "panic"),
    ] {
        let [one, own] = models.map(|model| match name {
            "2 profiles" => model.ask(&model.debug, question),
            _ => model.ask(&model.release, question),
        });
        row(name, [one?, own?])?;
    }
    let [one, own] = models.map(Model::ask_one_more);
    row("new method", [one?, own?])?;
    let sizes = [models[0].sizes()?, models[1].sizes()?];
    let kilobytes = |get: &dyn Fn(&Sizes) -> u64| {
        [&sizes[0], &sizes[1]].map(|s| format!("{} kB", get(s)))
    };
    row("host", kilobytes(&|s| s.host))?;
    row("plugin", kilobytes(&|s| s.plugin))?;
    row("beside them", kilobytes(&|s| s.beside))?;
    row("3 plugins", kilobytes(&|s| s.with_plugins(3)))?;
    row("30 plugins", kilobytes(&|s| s.with_plugins(30)))?;
    Ok(())
}
