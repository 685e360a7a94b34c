//! Runs `nutshell_build::describe` as Cargo would: in a process of its
//! own, in a crate's folder, with what Cargo sets. That process is this
//! test binary, asked for its one ignored test.

use std::process::{Command, Output};
use std::sync::OnceLock;
use std::{env, fs};

#[test]
#[ignore = "the build script that the other tests run"]
fn build_script() {
    let source = env::var_os("SCRIPT_SOURCE").expect("a test sets it");
    // The harness has begun a line.
    println!();
    nutshell_build::describe(source);
}

/// A crate's folder, with an interface in `src` if nothing else is said.
pub struct Crate {
    pub folder: tempfile::TempDir,
    variables: Vec<(String, String)>,
    source: &'static str,
}

impl Crate {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let new = Self { folder, variables: Vec::new(), source: "src" };
        new.write("out/.keep", "");
        files.iter().for_each(|(path, text)| new.write(path, text));
        new
    }

    pub fn source(mut self, source: &'static str) -> Self {
        self.source = source;
        self
    }

    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).expect("a folder");
        fs::write(path, content).expect("a file");
    }

    pub fn path(&self, path: &str) -> std::path::PathBuf {
        self.folder.path().join(path)
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(env::current_exe().unwrap());
        command
            .args(["script::build_script", "--exact", "--ignored"])
            .arg("--nocapture")
            .current_dir(self.folder.path())
            .env("SCRIPT_SOURCE", self.source)
            .env("OUT_DIR", self.path("out"))
            .env("OPT_LEVEL", "0")
            .env("RUSTC", "rustc")
            .env_remove("RUSTC_WRAPPER")
            .env_remove("RUSTC_WORKSPACE_WRAPPER")
            .env("TARGET", &target().0)
            .envs(target().1.iter().map(|(k, v)| (k, v)))
            .envs(self.variables.iter().map(|(k, v)| (k, v)));
        command
    }

    pub fn run(&self) -> Output {
        self.command().output().expect("it runs")
    }

    /// All that Cargo is told, a line each.
    pub fn told(&self) -> Vec<String> {
        let output = self.run();
        assert!(output.status.success(), "{output:?}");
        lines(&output)
    }

    /// One of the facts, such as `SOURCE`.
    pub fn fact(&self, name: &str) -> String {
        let start = format!("cargo::rustc-env=NUTSHELL_{name}=");
        let told = self.told();
        let mut facts =
            told.iter().filter_map(|it| it.strip_prefix(&start));
        facts.next().expect("the fact is told").into()
    }

    pub fn hash(&self) -> String {
        self.fact("SOURCE")
    }

    pub fn error(&self) -> String {
        error(&self.run())
    }

    pub fn generated(&self) -> String {
        self.told();
        fs::read_to_string(self.path("out/nutshell.rs")).unwrap()
    }
}

pub fn lines(output: &Output) -> Vec<String> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    let lines = text.lines().filter(|line| line.starts_with("cargo::"));
    lines.map(String::from).collect()
}

/// The one error of a build script that ended because of it.
pub fn error(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let panicked = String::from_utf8_lossy(&output.stderr);
    assert!(!panicked.contains("panicked"), "{panicked}");
    let lines = lines(output);
    let start = "cargo::error=";
    let errors = lines.iter().filter_map(|it| it.strip_prefix(start));
    let errors: Vec<_> = errors.collect();
    assert_eq!(errors.len(), 1, "{output:?}");
    errors[0].into()
}

/// The name of this machine's target, and what Cargo says of it.
pub fn target() -> &'static (String, Vec<(String, String)>) {
    static TARGET: OnceLock<(String, Vec<(String, String)>)> =
        OnceLock::new();
    TARGET.get_or_init(|| {
        let version = rustc(&["-vV"]);
        let host =
            version.lines().find_map(|it| it.strip_prefix("host: "));
        let mut variables: Vec<(String, String)> = Vec::new();
        for line in rustc(&["--print", "cfg"]).lines() {
            let (name, value) =
                line.split_once('=').unwrap_or((line, ""));
            let name = format!("CARGO_CFG_{}", name.to_uppercase());
            let value = value.trim_matches('"');
            match variables.iter_mut().find(|(it, _)| *it == name) {
                Some((_, values)) => *values += &format!(",{value}"),
                None => variables.push((name, value.into())),
            }
        }
        (host.expect("rustc names it").into(), variables)
    })
}

pub fn rustc(arguments: &[&str]) -> String {
    let output =
        Command::new("rustc").args(arguments).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}
