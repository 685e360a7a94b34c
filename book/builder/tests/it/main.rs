//! The builder against books with one mistake each, and a good one.
//!
//! A book lives in `tests/fixtures/NAME`. The helpers here build it
//! with the real program; the tests compare exit code and text.
#![cfg(unix)]

mod added;
mod chapters;
mod commands;
mod fences;
mod includes;
mod pages;
mod plain;
mod typed;
mod usage;
mod watch;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The folder of a book.
fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
}

/// The builder, about to build a book into the folder `pages`.
fn builder(book: &Path, pages: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_book"));
    command.arg(book).arg("--dest-dir").arg(pages);
    command
        .env_remove("TALK_REPOSITORY")
        .env_remove("MDBOOK_OUTPUT__HTML__GIT_REPOSITORY_URL");
    command
}

/// Builds a book that has to be fine, silently, into a new folder.
#[track_caller]
fn accepts(name: &str) -> TempDir {
    let pages = tempfile::tempdir().unwrap();
    let output =
        builder(&fixture(name), pages.path()).output().unwrap();
    assert_eq!(stderr(&output), "");
    assert!(output.stdout.is_empty());
    assert_eq!(output.status.code(), Some(0));
    pages
}

/// Builds a book that has to be refused, for just this reason.
#[track_caller]
fn refuses(name: &str, reason: &str) {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("pages");
    let output = builder(&fixture(name), &pages).output().unwrap();
    assert_eq!(stderr(&output), format!("{reason}\n"));
    assert!(output.stdout.is_empty());
    assert_eq!(output.status.code(), Some(1));
    let left: Vec<_> = fs::read_dir(&folder).unwrap().collect();
    assert!(left.is_empty(), "nothing is written: {left:?}");
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(path).unwrap()
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else if entry.path().is_file() {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn every_book_of_the_fixtures_has_a_test() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let sources: String = fs::read_dir(tests)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        // Emacs leaves a link to nowhere.
        .filter(|path| path.is_file())
        .map(read)
        .collect();
    let is_tested =
        |name: &str| sources.contains(&format!("\"{name}\""));
    for entry in fs::read_dir(fixture("")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let is_book = entry.path().is_dir();
        assert!(
            !is_book || is_tested(&name),
            "{name}: no test builds it"
        );
    }
    assert!(!is_tested(&"no-book".repeat(2)));
}
