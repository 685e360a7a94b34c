//! Builds the examples once and runs what was built.

use std::env::{self, consts};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The folder of the whole repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder that `cargo build` fills, with both examples and the
/// plugins of `tests/plugins/` built in it.
pub fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        cargo(&["build", "--quiet"]);
        cargo(&["build", "--quiet", "--examples"]);
        profile_folder().with_file_name("debug")
    })
}

/// A small build of one of the plugins in `tests/plugins/`.
pub fn built_small(plugin: &str) -> PathBuf {
    cargo(&["build", "--quiet", "--release", "--example", plugin]);
    let folder = profile_folder().with_file_name("release");
    library(&folder.join("examples"), plugin)
}

/// Where this test program was built: `target/debug`.
pub fn profile_folder() -> PathBuf {
    let program = env::current_exe().expect("a test has a path");
    let folder = program.parent().and_then(Path::parent);
    folder.expect("a test lies in target/debug/deps").to_owned()
}

fn cargo(arguments: &[&str]) {
    let target = profile_folder().with_file_name("");
    // `cargo test` sets it; others may have one of their own.
    let cargo = env::var_os("CARGO").unwrap_or("cargo".into());
    let ended = Command::new(cargo)
        .current_dir(root())
        .args(arguments)
        .arg("--target-dir")
        .arg(target)
        .status()
        .expect("cargo runs");
    assert!(ended.success(), "cargo {arguments:?} failed");
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

/// Copies the repository, byte by byte, into a new folder: what git has
/// of it or would take, as it is now.
pub fn copy_repository(to: &Path) {
    let listed = finish(
        Command::new("git")
            .current_dir(root())
            .args(["ls-files", "--cached", "--others"])
            .arg("--exclude-standard"),
    );
    for file in listed.out.lines() {
        let (from, to) = (root().join(file), to.join(file));
        if !file.contains("/fixtures/") && from.is_file() {
            let parent = to.parent().expect("it has one");
            fs::create_dir_all(parent).expect("a new folder");
            copy(&from, &to);
        }
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

/// Runs a command to its end. The environment decides nothing of what
/// it prints.
pub fn finish(command: &mut Command) -> Ended {
    let output = command
        .env("RUST_BACKTRACE", "0")
        .env_remove("RUST_LOG")
        // Cargo sets it for tests: libraries would be found by name.
        .env_remove("LD_LIBRARY_PATH")
        .env_remove("DYLD_FALLBACK_LIBRARY_PATH")
        .env_remove("CARGO_BUILD_TARGET")
        .env_remove("MAKEFLAGS")
        .env_remove("MAKELEVEL")
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Ended {
        code: output.status.code(),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}
