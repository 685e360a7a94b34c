//! What is measured, figure by figure, and what we want of it.

mod reload;

use std::env::{self, consts};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::TempDir;

use crate::builds::{self, Builds, with_go_path};
use crate::process::{Sample, finish, run};
use crate::results::{Figure, Goal};
use crate::rounds::{self, Series, Way};
use crate::statistics::{self, ratio, ratios};

/// How often a function is called in one run.
const CALLS: &str = "100000000";

/// A plugin that lies beside the program in memory.
const NEAR: &str = "plugin, near the program";

/// All that was measured so far.
pub struct Figures {
    builds: Builds,
    rounds: usize,
    pub figures: Vec<Figure>,
    pub goals: Vec<Goal>,
}

/// What we want a ratio to be.
enum Want {
    AtMost(f64),
    AtLeast(f64),
    /// As good as 1: within so much, or among the values in the middle.
    Equal(f64),
}

impl Figures {
    pub fn new(builds: Builds, rounds: usize) -> Self {
        let (figures, goals) = Default::default();
        Self { builds, rounds, figures, goals }
    }

    /// Example 1: open, look up, call for the first time.
    pub fn first_call(&mut self) -> Result<()> {
        let builds = &self.builds;
        let mut ways = Vec::new();
        let rust = |library: &Path| {
            let library = library.to_owned();
            move |_| run(own("first-call").arg(&library))
        };
        if let Some(c) = &builds.c {
            let host = |library: &Path| {
                let (host, library) = (&c.host, library.to_owned());
                move |_| {
                    let mut command = Command::new(host);
                    run(command.arg("first-call").arg(&library))
                }
            };
            ways.push(Way::new("C opens C", host(&c.library)));
            ways.push(Way::new("Rust opens C", rust(&c.library)));
            ways.push(Way::new("C opens Rust", host(&builds.basic)));
        }
        ways.push(Way::new("Rust opens Rust", rust(&builds.basic)));
        if let Some(go) = &builds.go {
            ways.push(Way::new("Go opens Go", |_| {
                let mut command = Command::new(&go.host);
                run(command.arg("first-call").arg(&go.plugin))
            }));
        }
        // It takes little time, and varies.
        let all = times(&mut ways, self.rounds * 5)?;
        drop(ways);
        self.add("first-call", "µs", 1e-3, &all);
        self.want(
            "first call of a C library: Rust host to C host",
            ("Rust opens C", "C opens C"),
            Want::AtMost(1.3),
            &all,
        );
        self.want(
            "first call of a plugin: Go to Rust",
            ("Go opens Go", "Rust opens Rust"),
            Want::AtLeast(12.0),
            &all,
        );
        Ok(())
    }

    /// Example 2: scan, inspect, open, register, with so many plugins
    /// and then with so many.
    pub fn folders(&mut self, numbers: &[u16]) -> Result<()> {
        let mut fewer: Option<(usize, Vec<Series>)> = None;
        for plugins in numbers.iter().map(|n| usize::from(*n)) {
            let all = self.folder(plugins)?;
            if let Some((fewer, before)) = &fewer {
                self.want_linear((*fewer, before), (plugins, &all));
            }
            fewer = Some((plugins, all));
        }
        Ok(())
    }

    /// Whether the time for one plugin grows no more than it does with a
    /// bare dlopen: the loader looks through all that is open, each
    /// time.
    fn want_linear(
        &mut self,
        fewer: (usize, &[Series]),
        more: (usize, &[Series]),
    ) {
        let each = |(plugins, all): (usize, &[Series]), way: &str| {
            let series = all.iter().find(|series| series.way == way)?;
            Some(series.map(|time| time / plugins as f64))
        };
        let growth = |way: &str| {
            let (fewer, more) = (each(fewer, way)?, each(more, way)?);
            Some(ratios(&more, &fewer))
        };
        let ways = ["Rust: Example 2", "Rust: dlopen, dlsym"];
        let grown = ways.map(|way| growth(way).into_iter());
        let grown: Vec<_> = grown.into_iter().flatten().collect();
        self.want(
            &format!(
                "growth per plugin from {} to {}: Example 2 to bare \
                 dlopen and dlsym in Rust",
                fewer.0, more.0
            ),
            (ways[0], ways[1]),
            Want::AtMost(1.1),
            &grown,
        );
    }

    fn folder(&mut self, plugins: usize) -> Result<Vec<Series>> {
        let builds = &self.builds;
        let one = fs::read(&builds.plugin)?;
        let own_std = copies(builds, plugins, |_| one.clone())?;
        let one = fs::read(&builds.shared)?;
        let one_std = copies(builds, plugins, |_| one.clone())?;
        let folder;
        let mut ways = Vec::new();
        if let Some(c) = &builds.c {
            for (name, folder) in [
                ("C: dlopen, dlsym", &own_std),
                ("C: dlopen, dlsym, one std", &one_std),
            ] {
                ways.push(Way::new(name, move |_| {
                    let mut command = Command::new(&c.host);
                    command.arg("folder").arg(folder.path());
                    command.arg("plugin_register");
                    run(command.env("LD_LIBRARY_PATH", &builds.std))
                }));
            }
        }
        ways.push(Way::new("Rust: dlopen, dlsym", |_| {
            run(own("dlopen").arg(own_std.path()))
        }));
        ways.push(Way::new("Rust: Example 2", |_| {
            run(own("load-folder").arg(own_std.path()))
        }));
        if let Some(go) = &builds.go {
            let one = fs::read(&go.plugin)?;
            folder =
                copies(builds, plugins, |n| with_go_path(&one, n))?;
            let mut way = Way::new("Go", |_| {
                let mut command = Command::new(&go.host);
                run(command.arg("folder").arg(folder.path()))
            });
            // With 1,000 plugins Go takes most of a minute.
            way.once = plugins > 300;
            ways.push(way);
        }
        let all = rounds::run(&mut ways, self.rounds)?;
        drop(ways);
        let time: Vec<_> =
            all.iter().map(|s| s.map(|s| s.nanoseconds)).collect();
        let name = format!("folder-{plugins}");
        self.add(&name, "ms", 1e-6, &time);
        let ours = "Rust: Example 2";
        for (host, most) in [("C", 1.5), ("Rust", 1.4)] {
            let floor = format!("{host}: dlopen, dlsym");
            self.want(
                &format!(
                    "{plugins} plugins: Example 2 to bare dlopen and \
                     dlsym in {host}"
                ),
                (ours, &floor),
                Want::AtMost(most),
                &time,
            );
        }
        self.want(
            &format!("{plugins} plugins: Go to Example 2"),
            ("Go", ours),
            Want::AtLeast(8.0),
            &time,
        );
        let memory: Vec<_> =
            all.iter().map(|s| s.map(|s| s.memory)).collect();
        self.add(&format!("memory-{plugins}"), "MB", 1e-6, &memory);
        if all
            .iter()
            .all(|s| s.values.iter().all(|v| v.1.read.is_some()))
        {
            let each =
                |s: &Sample| s.read.unwrap_or(0.0) / plugins as f64;
            let read: Vec<_> =
                all.iter().map(|s| s.map(each)).collect();
            self.add(&format!("read-{plugins}"), "kB", 1e-3, &read);
        }
        Ok(time)
    }

    /// A call, when all is loaded.
    pub fn call(&mut self) -> Result<()> {
        let builds = &self.builds;
        let mut ways = Vec::new();
        for (name, work) in [
            ("function pointer", "call-pointer"),
            ("inlined", "call-inlined"),
            ("dyn method", "call-dyn"),
        ] {
            let call = move |_| run(own(work).arg(CALLS));
            ways.push(Way::new(name, call));
        }
        ways.push(Way::new("plugin", |_| {
            run(own("call-plugin").arg(CALLS).arg(&builds.basic))
        }));
        if let Some(loader) = loader() {
            ways.push(Way::new(NEAR, move |_| {
                let own = own("call-plugin");
                let mut command = Command::new(&loader);
                command.arg(own.get_program()).args(own.get_args());
                run(command.arg(CALLS).arg(&builds.basic))
            }));
        }
        if let Some(c) = &builds.c {
            ways.push(Way::new("C: plugin", |_| {
                let mut command = Command::new(&c.host);
                run(command.arg("call").arg(&c.library).arg(CALLS))
            }));
        }
        if let Some(go) = &builds.go {
            ways.push(Way::new("Go: plugin", |_| {
                let mut command = Command::new(&go.host);
                run(command.arg("call").arg(&go.plugin).arg(CALLS))
            }));
        }
        let all = times(&mut ways, self.rounds)?;
        drop(ways);
        let scale = 1.0 / CALLS.parse::<f64>()?;
        self.add("call", "ns", scale, &all);
        self.want(
            "a call: into a plugin to through a function pointer",
            ("plugin", "function pointer"),
            Want::Equal(0.05),
            &all,
        );
        Ok(())
    }

    /// The file of a plugin that does the same.
    pub fn size(&mut self) -> Result<()> {
        let builds = &self.builds;
        let strip = "profile.release.strip=false";
        let lto = "profile.release.lto=false";
        let mut files = vec![
            ("Rust", builds.plugin.clone()),
            ("Rust, debug", builds::cargo("bench-plugin", &[])?),
            ("Rust, with its symbols", builds.variant("full", strip)?),
            ("Rust, without LTO", builds.variant("no-lto", lto)?),
            ("Rust, one std for all", builds.shared.clone()),
        ];
        if let Some(go) = &builds.go {
            files.push(("Go", go.plugin.clone()));
        }
        let all = bytes(files.iter().map(|(n, f)| (*n, f.as_path())))?;
        self.add("size", "kB", 1e-3, &all);
        self.want(
            "the file of a plugin: Go to Rust",
            ("Go", "Rust"),
            Want::AtLeast(5.0),
            &all,
        );
        self.want(
            "the file of a plugin: Go to Rust with one std for all",
            ("Go", "Rust, one std for all"),
            Want::AtLeast(100.0),
            &all,
        );
        Ok(())
    }

    /// What a registry has to take in when one plugin changes.
    pub fn layer(&mut self) -> Result<()> {
        let release = ["--release"];
        let voice = builds::cargo("voice", &release)?;
        let monolith = builds::cargo("monolith", &release)?;
        let app = builds::cargo("app", &release)?;
        let files = [
            ("one plugin", &voice),
            ("all in one program", &monolith),
            ("the app without plugins", &app),
        ];
        let files = files.map(|(name, file)| (name, file.as_path()));
        self.add("layer", "kB", 1e-3, &bytes(files.into_iter())?);
        let packed = files.iter().map(|(name, file)| {
            let mut encoder =
                GzEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(&fs::read(file)?)?;
            let size = encoder.finish()?.len() as f64;
            Ok(Series { way: (*name).into(), values: vec![(1, size)] })
        });
        let packed = packed.collect::<Result<Vec<_>>>()?;
        self.add("layer-compressed", "kB", 1e-3, &packed);
        Ok(())
    }

    /// From a change of one line to a library that can be loaded.
    pub fn rebuild(&mut self) -> Result<()> {
        let builds = &self.builds;
        let rust = builds.own_workspace()?;
        let library = rust.join("src/lib.rs");
        let source = fs::read_to_string(&library)?;
        let without_lto = ["--config", "profile.release.lto=false"];
        let without_lto = [&["--release"], &without_lto[..]].concat();
        let build = |arguments: Vec<&'static str>| {
            let (rust, source, library) = (&rust, &source, &library);
            move |round: usize| {
                let name = format!("{} {round}", arguments.concat());
                let text = source.replace("say my name", &name);
                fs::write(library, text)?;
                let mut command = Command::new("cargo");
                command.args(["build", "--offline"]).args(&arguments);
                command.args(["--target-dir", "target"]);
                seconds(command.current_dir(rust))
            }
        };
        let mut ways = vec![
            Way::new("Rust, debug", build(vec![])),
            Way::new("Rust, release", build(vec!["--release"])),
            Way::new("Rust, release without LTO", build(without_lto)),
        ];
        if let Some(go) = &builds.go {
            let source = fs::read_to_string(&go.source)?;
            ways.push(Way::new("Go", move |round| {
                let name = format!("say my name {round}");
                let text = source.replace("say my name", &name);
                fs::write(&go.source, text)?;
                let start = Instant::now();
                go.build_plugin()?;
                Ok(start.elapsed().as_secs_f64())
            }));
        }
        let all = rounds::run(&mut ways, self.rounds.min(5))?;
        drop(ways);
        self.add("rebuild", "s", 1.0, &all);
        Ok(())
    }

    fn add(
        &mut self,
        name: &str,
        unit: &str,
        scale: f64,
        all: &[Series],
    ) {
        let figure = statistics::figure(name, unit, scale, all);
        self.figures.push(figure);
    }

    /// A goal for the ratio of two ways, unless one of them was not
    /// measured.
    fn want(
        &mut self,
        what: &str,
        ways: (&str, &str),
        want: Want,
        all: &[Series],
    ) {
        let find = |way| all.iter().find(|series| series.way == way);
        let (Some(first), Some(second)) = (find(ways.0), find(ways.1))
        else {
            return;
        };
        let ratio = ratio(first, second);
        let (goal, met) = match want {
            Want::AtMost(most) => {
                (format!("at most {most}"), ratio.median <= most)
            }
            Want::AtLeast(least) => {
                (format!("at least {least}"), ratio.median >= least)
            }
            Want::Equal(within) => (
                "equal within noise".to_owned(),
                (ratio.median - 1.0).abs() <= within
                    || ratio.low <= 1.0 && ratio.high >= 1.0,
            ),
        };
        let what = what.to_owned();
        self.goals.push(Goal { what, goal, ratio, met });
    }
}

/// This same program, which does the work in a process of its own.
fn own(work: &str) -> Command {
    let program = env::current_exe().expect("it runs");
    let mut command = Command::new(program);
    command.args(["work", work]);
    command
}

/// The system's loader, on Linux. If it is started by hand, with the
/// program as its argument, it puts that where it puts libraries; the
/// kernel would put the program far away from them.
fn loader() -> Option<String> {
    let maps = fs::read_to_string("/proc/self/maps").ok()?;
    let files = maps
        .lines()
        .filter_map(|line| line.find('/').map(|at| &line[at..]));
    let mut loaders = files.filter(|file| {
        let name = Path::new(file).file_name().unwrap_or_default();
        name.as_encoded_bytes().starts_with(b"ld-")
    });
    loaders.next().map(str::to_owned)
}

fn times(
    ways: &mut [Way<Sample>],
    rounds: usize,
) -> Result<Vec<Series>> {
    let all = rounds::run(ways, rounds)?;
    Ok(all.iter().map(|s| s.map(|s| s.nanoseconds)).collect())
}

fn seconds(command: &mut Command) -> Result<f64> {
    let start = Instant::now();
    finish(command)?;
    Ok(start.elapsed().as_secs_f64())
}

/// The sizes of files.
fn bytes<'a>(
    files: impl Iterator<Item = (&'a str, &'a Path)>,
) -> Result<Vec<Series>> {
    let sizes = files.map(|(name, file)| {
        let size = file.metadata()?.len() as f64;
        Ok(Series { way: name.into(), values: vec![(1, size)] })
    });
    sizes.collect()
}

/// A folder of plugins, removed at the end. Each is a file of its own:
/// a link would not do, the system opens a file once, whatever its
/// names.
fn copies(
    builds: &Builds,
    plugins: usize,
    bytes: impl Fn(usize) -> Vec<u8>,
) -> Result<TempDir> {
    let folder = tempfile::tempdir_in(&builds.folder)
        .with_context(|| format!("{}", builds.folder.display()))?;
    let (prefix, suffix) = (consts::DLL_PREFIX, consts::DLL_SUFFIX);
    for number in 0..plugins {
        let name = format!("{prefix}plugin{number:04}{suffix}");
        fs::write(folder.path().join(name), bytes(number))?;
    }
    Ok(folder)
}
