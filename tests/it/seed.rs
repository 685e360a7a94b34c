//! Gives another target folder what is compiled here of the crates that
//! come from the registry: they are the same there, and to compile them
//! takes most of the time. If Cargo keeps them in another way than it
//! does now, they are compiled there, and the tests say the same.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{finish, root, target};

/// The crates from the registry that a package of ours is built of.
fn from_the_registry(package: &str) -> HashSet<String> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(root()).args(["tree", "--offline"]);
    cargo.args([
        "--edges=normal,build",
        "--prefix=none",
        "-p",
        package,
    ]);
    let tree = finish(&mut cargo);
    assert_eq!(tree.code, Some(0), "{tree:?}");
    let name = |line: &str| {
        // A path follows, if it is one of ours.
        let (name, version) = line.split_once(' ')?;
        (!version.contains("(/")).then(|| name.to_owned())
    };
    tree.out.lines().filter_map(name).collect()
}

/// Copies what `package` needs into a target folder without anything.
pub fn seed(folder: &Path, package: &str) {
    let crates = from_the_registry(package);
    assert!(!crates.is_empty(), "{package} has no dependencies");
    let is_theirs = |file: &str| {
        // Such as `libc-0123456789abcdef`.
        let name = file.rsplit_once('-');
        name.is_some_and(|(name, _)| crates.contains(name))
    };
    let (from, to) = (target().join("debug"), folder.join("debug"));
    let mut hashes = HashSet::new();
    for kind in [".fingerprint", "build", "deps"] {
        fs::create_dir_all(to.join(kind)).expect("a new folder");
    }
    for kind in [".fingerprint", "build"] {
        for name in names(&from.join(kind)) {
            if is_theirs(&name) {
                copy(&from.join(kind).join(&name), &to.join(kind));
                hashes
                    .extend(name.rsplit('-').next().map(str::to_owned));
            }
        }
    }
    for name in names(&from.join("deps")) {
        let stem = name.split('.').next().unwrap_or_default();
        let hash = stem.rsplit('-').next().unwrap_or_default();
        if hashes.contains(hash) {
            copy(&from.join("deps").join(&name), &to.join("deps"));
        }
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let name =
        |entry: fs::DirEntry| entry.file_name().into_string().ok();
    entries.filter_map(name).collect()
}

/// With their times, by which Cargo tells what is to be compiled. A file
/// may be gone meanwhile: a compiler that runs for another test writes
/// some that it removes in the end. Whatever is missing is compiled.
fn copy(from: &Path, to: &Path) {
    finish(Command::new("cp").arg("-Rp").args([from, to]));
}
