//! Copies of the repository, in other places, to change and to build.
//! Two of them stay, with what Cargo has compiled there: a test that
//! takes one finds it as the repository is, and compiles what it changes.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use crate::support::{
    Built, SAY_WHERE, copy, copy_repository, folder, paths, root, write,
};

/// What makes `--release` quicker, where the test is of something else.
pub const QUICKER: [&str; 2] =
    ["--config", "profile.release.lto=false"];

/// A copy of the repository, byte by byte, in another place.
pub struct Workspace {
    /// The copy is in here, and what is built of it.
    folder: PathBuf,
    _owner: Owner,
}

/// What is given up when the test is done.
#[cfg_attr(not(unix), allow(dead_code, reason = "no test asks there"))]
enum Owner {
    /// The lock of a copy that stays.
    Lock {
        _file: File,
    },
    Folder {
        _removed: TempDir,
    },
}

impl Workspace {
    /// One of the copies that stay; waits until one is free.
    pub fn new() -> Self {
        loop {
            let mut names = ["workspace", "workspace-2"].into_iter();
            if let Some(new) = names.find_map(Self::if_free) {
                new.restore();
                return new;
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    fn if_free(name: &str) -> Option<Self> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&folder).expect("a folder");
        let file = File::create(folder.join("lock")).expect("a file");
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return None,
            Err(TryLockError::Error(error)) => panic!("{error}"),
        }
        Some(Self { folder, _owner: Owner::Lock { _file: file } })
    }

    /// One in a folder that nobody has had before.
    #[cfg_attr(
        not(unix),
        allow(dead_code, reason = "no test asks there")
    )]
    pub fn in_new_folder() -> Self {
        let removed = folder();
        let folder = removed.path().to_owned();
        let owner = Owner::Folder { _removed: removed };
        let new = Self { folder, _owner: owner };
        copy_repository(&new.path(""));
        new
    }

    /// Takes back what a test has changed. What is as it was keeps its
    /// time, by which Cargo tells what is to be compiled.
    fn restore(&self) {
        let mut ours = BTreeSet::new();
        for file in paths() {
            let (from, to) = (root().join(&file), self.path(&file));
            let parent = to.parent().expect("it has one");
            fs::create_dir_all(parent).expect("a folder");
            if fs::read(&from).ok() != fs::read(&to).ok() {
                copy(&from, &to);
            }
            ours.insert(to);
        }
        remove_others(&self.path(""), &ours);
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.join("copy").join(file)
    }

    /// Where Cargo is to build, outside of the copy.
    pub fn target(&self) -> PathBuf {
        self.folder.join("target")
    }

    /// Replaces text in one of its files.
    pub fn edit(self, file: &str, from: &str, to: &str) -> Self {
        let path = self.path(file);
        let text = fs::read_to_string(&path).expect("it is there");
        assert!(text.contains(from), "{file}: no {from}");
        write(path, &text.replace(from, to));
        self
    }

    /// The command that builds the plugin `voice`.
    pub fn cargo(&self, cargo: &str, action: &str) -> Command {
        let mut command = Command::new(cargo);
        command.current_dir(self.path("")).arg(action);
        command.args([
            "--quiet",
            "--offline",
            "-p",
            "voice",
            SAY_WHERE,
        ]);
        command.arg("--target-dir").arg(self.target());
        command
    }

    /// Builds the plugin `voice` and gives its path back.
    pub fn build(
        &self,
        arguments: &[&str],
        environment: &[(&str, &str)],
    ) -> PathBuf {
        let mut cargo = self.cargo(env!("CARGO"), "build");
        cargo.args(arguments).envs(environment.iter().copied());
        Built::by(&mut cargo).library("voice")
    }
}

/// Removes the files below a folder that are none of these, and folders
/// that have no more in them.
fn remove_others(folder: &Path, ours: &BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove_others(&path, ours);
            // Fails, as it should, if something is left in it.
            let _ = fs::remove_dir(&path);
        } else if !ours.contains(&path) {
            fs::remove_file(&path).expect("a test has made it");
        }
    }
}

#[test]
fn a_copy_is_taken_as_the_repository_is_whatever_was_done_to_it() {
    let manifest = "Cargo.toml";
    let changed = Workspace::new().edit(manifest, "[workspace]", "[x]");
    write(changed.path("stray.rs"), "");
    fs::remove_file(changed.path("README.md")).expect("it is there");
    fs::create_dir_all(changed.path("new/folder")).expect("a folder");
    changed.restore();
    let read = |path: PathBuf| fs::read(path).expect("a file");
    for file in [manifest, "README.md"] {
        assert_eq!(read(changed.path(file)), read(root().join(file)));
    }
    assert!(!changed.path("stray.rs").exists());
    assert!(!changed.path("new").exists());
}
