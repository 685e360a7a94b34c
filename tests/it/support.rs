//! Builds the examples once and runs what was built.

use std::env::{self, consts};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

/// The folder of the whole repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder that `cargo build` fills, with both examples and the
/// plugins of `tests/plugins/` built in it.
pub fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let built = cargo(&["build", "--quiet"]);
        cargo(&["build", "--quiet", "--examples"]);
        let app = built.program("app");
        app.parent().expect("a program lies in a folder").to_owned()
    })
}

/// The same folder, with what is in `examples/async/` built in it.
pub fn built_async() -> &'static Path {
    static BUILT: OnceLock<()> = OnceLock::new();
    BUILT.get_or_init(|| {
        let names = ["promises", "async-host", "own-runtime", "traced"];
        let packages = names.map(|name| ["--package", name]);
        cargo(
            &[&["build", "--quiet"], packages.as_flattened()].concat(),
        );
    });
    built()
}

/// A small build of one of the plugins in `tests/plugins/`.
pub fn built_small(plugin: &str) -> PathBuf {
    let package = ["--package", "test-plugins", "--example", plugin];
    let build = ["build", "--quiet", "--release"];
    cargo(&[&build[..], &package].concat()).library(plugin)
}

/// The target folder that this test program was built in.
pub fn target() -> &'static Path {
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = temporary.parent().expect("a target folder");
    // Cargo marks it, and the folder of a target in it as well.
    let above = folder.parent();
    let above = above.filter(|f| f.join("CACHEDIR.TAG").exists());
    above.unwrap_or(folder)
}

/// What Cargo writes when it is asked where it has built something: in
/// another folder, where a person's settings name a target.
pub const SAY_WHERE: &str = "--message-format=json-render-diagnostics";

/// The files of a build.
pub struct Built(Vec<PathBuf>);

impl Built {
    /// By a Cargo that was to `SAY_WHERE`.
    pub fn by(cargo: &mut Command) -> Self {
        Self::of(&finish(cargo))
    }

    /// The same, where it has ended already.
    pub fn of(ended: &Ended) -> Self {
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let messages = ended.out.lines().map(|line| {
            let message = serde_json::from_str::<Value>(line);
            message.unwrap_or_else(|error| panic!("{line}: {error}"))
        });
        let mut files = Vec::new();
        for message in messages {
            let of_target = message["filenames"].as_array();
            let names = of_target.into_iter().flatten();
            let names = names.filter_map(Value::as_str);
            files.extend(names.map(PathBuf::from));
        }
        Self(files)
    }

    pub fn library(&self, name: &str) -> PathBuf {
        self.file(&library(Path::new(""), name))
    }

    pub fn program(&self, name: &str) -> PathBuf {
        let name = format!("{name}{}", consts::EXE_SUFFIX);
        self.file(Path::new(&name))
    }

    fn file(&self, name: &Path) -> PathBuf {
        let found = self.0.iter().find(|file| file.ends_with(name));
        found.unwrap_or_else(|| panic!("{name:?}: not built")).clone()
    }
}

/// Runs Cargo in the repository.
pub fn cargo(arguments: &[&str]) -> Built {
    // `cargo test` sets it; others may have one of their own.
    let cargo = env::var_os("CARGO").unwrap_or("cargo".into());
    let mut cargo = Command::new(cargo);
    cargo.current_dir(root()).args(arguments).arg(SAY_WHERE);
    Built::by(cargo.arg("--target-dir").arg(target()))
}

/// The file of a library, as this platform names it.
pub fn library(folder: &Path, name: &str) -> PathBuf {
    let (prefix, suffix) = (consts::DLL_PREFIX, consts::DLL_SUFFIX);
    folder.join(format!("{prefix}{name}{suffix}"))
}

/// A new folder that is removed at the end of the test.
pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder can be made")
}

/// The files of the repository, as paths from its root with slashes, but
/// for those of the fixtures, which are wrong on purpose.
pub fn paths() -> Vec<String> {
    let mut paths = preflight::files(root());
    paths.retain(|file| !file.contains("/fixtures/"));
    paths
}

/// Those with that ending, each with its text.
pub fn files(ending: &str) -> Vec<(String, String)> {
    let read = |file: String| {
        let text = fs::read_to_string(root().join(&file));
        let text = text.unwrap_or_else(|e| panic!("{file}: {e}"));
        (file, text)
    };
    let mut paths = paths();
    paths.retain(|file| file.ends_with(ending));
    assert!(!paths.is_empty(), "no {ending} files");
    paths.into_iter().map(read).collect()
}

/// Copies the repository, byte by byte, into a new folder.
pub fn copy_repository(to: &Path) {
    for file in paths() {
        let (from, to) = (root().join(&file), to.join(&file));
        let parent = to.parent().expect("it has one");
        fs::create_dir_all(parent).expect("a new folder");
        copy(&from, &to);
    }
}

/// Writes a file and gives its path back.
pub fn write(path: PathBuf, text: &str) -> PathBuf {
    fs::write(&path, text).expect("a file can be written");
    path
}

/// Copies a file, under a new name if the target is not a folder.
pub fn copy(from: &Path, to: &Path) {
    let copied = fs::copy(from, to);
    copied.unwrap_or_else(|error| panic!("{from:?}: {error}"));
}

/// How a program ended, and what it had to say.
#[derive(Debug)]
pub struct Ended {
    /// `None` if a signal ended it.
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// The path of a program that was built.
pub fn program(name: &str) -> PathBuf {
    built().join(format!("{name}{}", consts::EXE_SUFFIX))
}

/// Runs a program that was built.
pub fn run<S: AsRef<OsStr>>(program: &str, arguments: &[S]) -> Ended {
    finish(Command::new(self::program(program)).args(arguments))
}

/// What a person has in the environment, or cargo and make leave there.
const OURS: &[&str] = &[
    "BASH_ENV",
    "CARGO_TERM_PROGRESS_WHEN",
    "CARGO_TERM_QUIET",
    "CARGO_TERM_VERBOSE",
    "CDPATH",
    "CLICOLOR_FORCE",
    // Cargo sets it for tests: libraries would be found by name.
    "DYLD_FALLBACK_LIBRARY_PATH",
    "LD_LIBRARY_PATH",
    "MAKEFLAGS",
    "MAKELEVEL",
    "RUST_LIB_BACKTRACE",
    "RUST_LOG",
    "RUST_LOG_STYLE",
    "SHELLOPTS",
];

/// Runs a command to its end. The environment decides nothing of what
/// it prints, except for what the test itself has set.
pub fn finish(command: &mut Command) -> Ended {
    let set: Vec<_> =
        command.get_envs().map(|(n, _)| n.to_owned()).collect();
    for name in OURS {
        if !set.iter().any(|set| set == name) {
            command.env_remove(name);
        }
    }
    let output = command
        .env("CARGO_TERM_COLOR", "never")
        .env("LC_ALL", "C")
        .env("RUST_BACKTRACE", "0")
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Ended {
        code: output.status.code(),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}
