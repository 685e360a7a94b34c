//! The same plugin behind other boundaries, for the book's chapter
//! "Design decisions": `../alternatives`, a workspace of its own.

use std::env::{self, consts};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Instant, SystemTime};

use anyhow::{Context, Result, ensure};

use crate::process::finish;
use crate::results::Figure;
use crate::rounds::{self, Series, Way};
use crate::statistics;

const SOURCES: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/alternatives");

/// What WebAssembly is compiled for. Where the toolchain cannot have it,
/// `WASM_RUSTC` names a compiler that does.
const WASM: &str = "wasm32-unknown-unknown";

/// How often a plugin is called in one run.
const CALLS: &str = "200000";
const FEWER_CALLS: &str = "20000";

/// One boundary.
struct Boundary {
    name: &'static str,
    /// Its folder, and the beginning of its packages' names.
    package: &'static str,
    plugin: PathBuf,
    calls: &'static str,
    target: Option<&'static str>,
}

impl Boundary {
    fn new(
        target: &Path,
        name: &'static str,
        package: &'static str,
    ) -> Self {
        let (prefix, suffix) = (consts::DLL_PREFIX, consts::DLL_SUFFIX);
        let library = package.replace('-', "_");
        let file = match package {
            "process" => {
                format!("process-plugin{}", consts::EXE_SUFFIX)
            }
            "component" => "component.wasm".to_owned(),
            _ => format!("{prefix}{library}_plugin{suffix}"),
        };
        let is_slow = package == "process";
        Self {
            name,
            package,
            plugin: target.join("release").join(file),
            calls: if is_slow { FEWER_CALLS } else { CALLS },
            target: (package == "component").then_some(WASM),
        }
    }

    /// Cargo, told to compile the plugin alone.
    fn build_plugin(&self, target: &Path) -> Command {
        let package = format!("{}-plugin", self.package);
        let mut cargo = cargo(target);
        cargo.args(["--package", &package]);
        if let Some(target) = self.target {
            cargo.args(["--target", target]);
            if let Some(rustc) = env::var_os("WASM_RUSTC") {
                cargo.env("RUSTC", rustc);
            }
        }
        cargo
    }

    /// Loads the plugin and calls it: how long the first answer took,
    /// and one call, in nanoseconds.
    fn run(&self, target: &Path, plugin: &Path) -> Result<[f64; 2]> {
        let output = Command::new(self.host(target))
            .arg(plugin)
            .arg(self.calls)
            .output()?;
        let error = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{}: {error}", self.name);
        let text = String::from_utf8(output.stdout)?;
        let (loaded, called) =
            text.trim().split_once(' ').context("no two numbers")?;
        let calls: f64 = self.calls.parse()?;
        Ok([loaded.parse()?, called.parse::<f64>()? / calls])
    }

    fn host(&self, target: &Path) -> PathBuf {
        let file =
            format!("{}-host{}", self.package, consts::EXE_SUFFIX);
        target.join("release").join(file)
    }
}

/// Measures all of them, or those with the packages that are named.
pub fn measure(
    target: &Path,
    rounds: usize,
    only: &[String],
) -> Result<Vec<Figure>> {
    let mut all = vec![
        Boundary::new(target, "Rust, with a descriptor", "descriptor"),
        Boundary::new(target, "the ABI of C", "c-abi"),
        Boundary::new(target, "abi_stable", "abi-stable"),
        Boundary::new(target, "stabby", "stabby"),
        Boundary::new(target, "a child process", "process"),
        Boundary::new(target, "a WebAssembly component", "component"),
    ];
    fs::create_dir_all(target)?;
    if !only.is_empty() {
        all.retain(|way| only.iter().any(|name| name == way.package));
    }
    let before = all.len();
    let has_wasm = wasm_compiler().is_some();
    all.retain(|way| way.target.is_none() || has_wasm);
    if all.len() < before {
        eprintln!("no row for WebAssembly: rustup target add {WASM}");
    }
    ensure!(!all.is_empty(), "there is nothing to measure");
    for way in &all {
        let package = format!("{}-host", way.package);
        finish(cargo(target).args(["--package", &package]))?;
    }

    let mut figures = builds(&all, target)?;
    let size = |file: &Path| Ok(file.metadata()?.len() as f64);
    let mut plugins = sizes(&all, |way| size(&way.plugin))?;
    let hosts = sizes(&all, |way| size(&way.host(target)))?;
    let ahead = "the same, compiled ahead";
    let wasm = all.iter().find(|way| way.target.is_some());
    if let Some(wasm) = wasm {
        let code = wasm.plugin.with_extension("cwasm");
        plugins.push(one(ahead, size(&code)?));
    }
    figures.push(statistics::figure("plugin", "kB", 1e-3, &plugins));
    figures.push(statistics::figure("host", "kB", 1e-3, &hosts));

    let mut ways: Vec<_> = all
        .iter()
        .map(|way| Way::new(way.name, |_| way.run(target, &way.plugin)))
        .collect();
    if let Some(wasm) = wasm {
        let code = wasm.plugin.with_extension("cwasm");
        ways.push(Way::new(ahead, move |_| wasm.run(target, &code)));
    }
    let both = rounds::run(&mut ways, rounds)?;
    for (at, name, unit, scale) in
        [(0, "load", "µs", 1e-3), (1, "call", "ns", 1.0)]
    {
        let series: Vec<_> =
            both.iter().map(|s| s.map(|both| both[at])).collect();
        figures.push(statistics::figure(name, unit, scale, &series));
    }
    Ok(figures)
}

/// How long it takes to compile a plugin with all that it depends on,
/// and its own crate again. Crates are fetched before.
fn builds(all: &[Boundary], target: &Path) -> Result<Vec<Figure>> {
    let (mut cold, mut warm, mut crates) = (vec![], vec![], vec![]);
    for way in all {
        let folder = tempfile::tempdir_in(target)?;
        let start = Instant::now();
        finish(&mut way.build_plugin(folder.path()))?;
        cold.push(one(way.name, start.elapsed().as_secs_f64()));

        let source = source(way.package)?;
        let file = File::options().append(true).open(&source)?;
        file.set_modified(SystemTime::now())?;
        let start = Instant::now();
        finish(&mut way.build_plugin(folder.path()))?;
        let time = start.elapsed().as_secs_f64();
        warm.push(one(way.name, time));
        crates.push(one(way.name, dependencies(way.package)?));

        finish(&mut way.build_plugin(target))?;
        if way.target.is_some() {
            let module = target.join(WASM).join("release");
            let module = module.join("component_plugin.wasm");
            let mut compile = Command::new(way.host(target));
            compile.arg("compile").arg(module).arg(&way.plugin);
            finish(&mut compile)?;
        }
    }
    Ok(vec![
        statistics::figure("build", "s", 1.0, &cold),
        statistics::figure("rebuild", "s", 1.0, &warm),
        statistics::figure("crates", "crates", 1.0, &crates),
    ])
}

fn one(name: &str, value: f64) -> Series {
    Series { way: name.to_owned(), values: vec![(1, value)] }
}

fn sizes(
    all: &[Boundary],
    size: impl Fn(&Boundary) -> Result<f64>,
) -> Result<Vec<Series>> {
    all.iter().map(|way| Ok(one(way.name, size(way)?))).collect()
}

fn cargo(target: &Path) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(SOURCES);
    cargo.args(["build", "--release", "--locked", "--quiet"]);
    cargo.arg("--target-dir").arg(target);
    cargo
}

fn source(package: &str) -> Result<PathBuf> {
    let folder = Path::new(SOURCES).join(package).join("plugin/src");
    let all = ["lib.rs", "main.rs"].map(|name| folder.join(name));
    let found = all.into_iter().find(|file| file.exists());
    found.with_context(|| format!("{package}: no source"))
}

/// The first line of what the compiler for WebAssembly says of itself;
/// none if it has no standard library for that.
pub fn wasm_compiler() -> Option<String> {
    let ask = |arguments: &[&str]| {
        let rustc = env::var_os("WASM_RUSTC");
        let output = Command::new(rustc.unwrap_or("rustc".into()))
            .current_dir(SOURCES)
            .args(arguments)
            .output();
        String::from_utf8(output.ok()?.stdout).ok()
    };
    let folder = ask(&["--print", "target-libdir", "--target", WASM])?;
    Path::new(folder.trim()).is_dir().then_some(())?;
    Some(ask(&["--version"])?.trim().to_owned())
}

/// How many crates are compiled for a plugin, itself among them.
fn dependencies(package: &str) -> Result<f64> {
    let output = Command::new("cargo")
        .current_dir(SOURCES)
        .args(["tree", "--locked", "--quiet", "--no-dedupe"])
        .args(["--edges", "normal,build", "--prefix", "none"])
        .args(["--package", &format!("{package}-plugin")])
        .output()?;
    ensure!(output.status.success(), "cargo tree: {package}");
    let text = String::from_utf8(output.stdout)?;
    let mut names: Vec<_> = text
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        .collect();
    names.sort_unstable();
    names.dedup();
    Ok(names.len() as f64)
}
