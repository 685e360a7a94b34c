//! Plain mdBook calls the builder as its preprocessor, and gets the
//! pages that the builder makes itself, or its mistakes.
//!
//! mdBook is a library here. It loads a copy of a book, starts the
//! command of the real book.toml and renders what comes back, as its
//! program does. Where the program is installed as well, the last test
//! builds the real book with it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use mdbook::{Config, MDBook};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{accepts, builder, copy, fixture, read, stderr};

/// The folder of the real book.
fn real() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A clone with a book, in a folder with an awkward name. Its Makefile
/// does of the real one what follows the programs.
struct Clone {
    folder: TempDir,
    book: PathBuf,
}

impl Clone {
    fn new(name: &str) -> Clone {
        let folder = tempfile::Builder::new()
            .prefix("Ferris' café $x")
            .tempdir()
            .unwrap();
        let book = folder.path().join("a book");
        copy(&fixture(name), &book);
        let recipe = format!(
            "mdbook:\n\t@'{}' preprocess 2>said\n",
            env!("CARGO_BIN_EXE_book")
        );
        fs::write(folder.path().join("Makefile"), recipe).unwrap();
        Clone { folder, book }
    }

    /// Builds as `mdbook build` does, with this preprocessor.
    fn build(&self, entry: Value) -> Result<(), String> {
        let mut config =
            Config::from_disk(self.book.join("book.toml")).unwrap();
        config.build.build_dir = self.pages();
        config.set("preprocessor.nutshell", entry).unwrap();
        // As the real book has it.
        config.set("output.html.playground.runnable", false).unwrap();
        MDBook::load_with_config(&self.book, config)
            .and_then(|book| book.build())
            .map_err(|error| format!("{error:#}"))
    }

    /// What the preprocessor said.
    fn said(&self) -> String {
        read(self.folder.path().join("said"))
    }

    fn pages(&self) -> PathBuf {
        self.folder.path().join("pages")
    }
}

/// The entry of the real book.toml.
fn preprocessor() -> Value {
    let config = Config::from_disk(real().join("book.toml")).unwrap();
    let entry = config.get("preprocessor.nutshell").unwrap();
    serde_json::to_value(entry).unwrap()
}

/// All files below a folder, by their path from there.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = PathBuf::from(path.file_name().unwrap());
        if path.is_dir() {
            let below = files(&path).into_iter();
            found.extend(below.map(|(path, it)| (name.join(path), it)));
        } else {
            found.insert(name, fs::read(&path).unwrap());
        }
    }
    found
}

/// The files that are missing, new or other than expected.
fn different(one: &Path, other: &Path) -> Vec<PathBuf> {
    let (one, other) = (files(one), files(other));
    let paths: BTreeSet<_> = one.keys().chain(other.keys()).collect();
    let differs = |path: &&PathBuf| one.get(*path) != other.get(*path);
    paths.into_iter().filter(differs).cloned().collect()
}

/// What mdBook of some version sends to a preprocessor.
fn message(
    book: &Path,
    renderer: &str,
    version: &str,
) -> Option<Value> {
    let settings = book.join("book.toml");
    let mut config = Config::from_disk(settings).ok()?;
    config.build.create_missing = false;
    let loaded = MDBook::load_with_config(book, config).ok()?;
    Some(json!([
        {
            "root": book,
            "config": loaded.config,
            "renderer": renderer,
            "mdbook_version": version,
        },
        loaded.book,
    ]))
}

/// Has the builder answer that message.
fn answer(message: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_book"))
        .arg("preprocess")
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(message.as_bytes()).unwrap();
    drop(input);
    child.wait_with_output().unwrap()
}

#[test]
fn mdbook_gets_its_book_back_with_the_outputs() {
    let sent = message(&fixture("good"), "html", "0.4.52").unwrap();
    let output = answer(&sent.to_string());
    assert_eq!(stderr(&output), "");
    let mut book: Value =
        serde_json::from_slice(&output.stdout).unwrap();
    let content = &mut book["sections"][0]["Chapter"]["content"];
    let text = content.as_str().unwrap();
    assert!(text.contains("$ echo hello\nhello\n"), "{text}");
    assert!(text.contains("{{#include ../code/add.rs"), "{text}");
    // Nothing else is changed.
    for pointer in
        ["/sections/0/Chapter/content", "/sections/2/Chapter/content"]
    {
        *book.pointer_mut(pointer).unwrap() =
            sent[1].pointer(pointer).unwrap().clone();
    }
    assert_eq!(book, sent[1]);
}

#[test]
fn plain_mdbook_makes_the_same_pages_and_no_other() {
    let clone = Clone::new("good");
    clone.build(preprocessor()).unwrap();
    let pages = accepts("good");
    let none: Vec<PathBuf> = Vec::new();
    assert_eq!(different(&clone.pages(), pages.path()), none);
    fs::write(clone.pages().join("chapter.html"), "other").unwrap();
    fs::remove_file(clone.pages().join("more/other.html")).unwrap();
    assert_eq!(
        different(&clone.pages(), pages.path()),
        ["chapter.html", "more/other.html"].map(PathBuf::from)
    );
}

#[test]
fn a_mistake_stops_plain_mdbook_which_keeps_its_pages() {
    let clone = Clone::new("good");
    clone.build(preprocessor()).unwrap();
    let before = files(&clone.pages());
    for (name, start) in [
        ("command_fails", "src/chapter.md:3: `echo printed;"),
        ("link_to_a_missing_heading", "src/chapter.md:6: the link"),
    ] {
        fs::remove_dir_all(clone.book.join("src")).unwrap();
        copy(&fixture(name), &clone.book);
        let error = clone.build(preprocessor()).unwrap_err();
        assert_eq!(
            error,
            "The \"nutshell\" preprocessor exited unsuccessfully with \
             exit status: 2 status"
        );
        assert!(clone.said().starts_with(start), "{}", clone.said());
        assert_eq!(files(&clone.pages()), before);
    }
}

#[test]
fn without_the_builder_plain_mdbook_makes_no_pages() {
    let clone = Clone::new("good");
    let mut entry = preprocessor();
    entry["command"] = json!("no-such-program");
    let error = clone.build(entry.clone()).unwrap_err();
    let start = "Unable to start the \"nutshell\" preprocessor. Is it \
                 installed?";
    assert!(error.starts_with(start), "{error}");
    assert!(!clone.pages().exists());

    fs::remove_file(clone.folder.path().join("Makefile")).unwrap();
    let error = clone.build(preprocessor()).unwrap_err();
    let start = "The \"nutshell\" preprocessor exited unsuccessfully";
    assert!(error.starts_with(start), "{error}");
    assert!(!clone.pages().exists());

    // Without this line mdBook asks the command, takes its silence for
    // a no, and makes pages without any output.
    entry.as_object_mut().unwrap().remove("renderers");
    clone.build(entry).unwrap();
    let page = read(clone.pages().join("chapter.html"));
    assert!(page.contains("cmdrun echo hello"));
}

/// With `mdbook-cmdrun` alone, commands run in another folder, and
/// their error texts would stand in the pages.
#[test]
fn nothing_but_the_builder_runs_commands() {
    let config = Config::from_disk(real().join("book.toml")).unwrap();
    let entries = config.get("preprocessor").unwrap();
    let names: Vec<_> = entries.as_table().unwrap().keys().collect();
    assert_eq!(names, ["nutshell"]);
    assert_eq!(preprocessor()["renderers"], json!(["html", "test"]));
}

/// Each book with a mistake, the two ways.
#[test]
fn plain_mdbook_gets_the_same_sentences() {
    let mut compared = 0;
    for entry in fs::read_dir(fixture("")).unwrap() {
        let book = entry.unwrap().path();
        let folder = tempfile::tempdir().unwrap();
        let own = builder(&book, &folder.path().join("pages"))
            .env("COUNT", folder.path().join("count"))
            .env("RUNS", folder.path().join("runs"))
            .output()
            .unwrap();
        let name = book.file_name().unwrap().to_owned();
        let Some(sent) = message(&book, "html", "0.4.52") else {
            // What mdBook cannot even load, it says itself.
            assert_eq!(own.status.code(), Some(1), "{name:?}");
            continue;
        };
        if own.status.code() == Some(0) {
            continue;
        }
        let plain = answer(&sent.to_string());
        assert_eq!(stderr(&plain), stderr(&own), "{name:?}");
        assert_eq!(plain.status.code(), Some(1), "{name:?}");
        assert!(plain.stdout.is_empty(), "{name:?}");
        compared += 1;
    }
    assert!(compared > 60, "only {compared} books");
}

#[track_caller]
fn refuses_message(message: &str, reason: &str) {
    let output = answer(message);
    assert_eq!(stderr(&output), format!("{reason}\n"));
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
}

#[test]
fn another_mdbook_is_refused() {
    let sent = message(&fixture("good"), "html", "0.5.1").unwrap();
    refuses_message(
        &sent.to_string(),
        "mdBook 0.5.1 does not fit this book; install the version that \
         does: cargo install mdbook@0.4.52 --locked",
    );
}

#[test]
fn a_renderer_that_makes_no_pages_is_refused() {
    let sent = message(&fixture("good"), "test", "0.4.52").unwrap();
    refuses_message(
        &sent.to_string(),
        "book.toml: the chapters are made for the renderer html and not \
         for test; the Rust code in them comes from files that `make \
         test` compiles",
    );
    for (renderer, code) in [("html", 0), ("test", 1), ("epub", 1)] {
        let asked = Command::new(env!("CARGO_BIN_EXE_book"))
            .args(["supports", renderer])
            .output()
            .unwrap();
        assert_eq!(asked.status.code(), Some(code), "{renderer}");
    }
}

#[test]
fn what_is_no_book_is_refused() {
    refuses_message(
        "",
        "standard input is not a book; have mdBook call this command: \
         EOF while parsing a value at line 1 column 0",
    );
}

/// The program itself, with the real book, from a folder elsewhere.
#[test]
fn the_real_mdbook_makes_the_same_pages() {
    let version = Command::new("mdbook").arg("--version").output();
    if !version.is_ok_and(|v| v.stdout == b"mdbook v0.4.52\n") {
        eprintln!("skipped: there is no mdbook 0.4.52");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (own, plain) =
        (folder.path().join("own"), folder.path().join("plain"));
    let url = "https://example.org/a";
    let address = ["MDBOOK_OUTPUT__HTML__GIT_REPOSITORY_URL", url];
    let output = builder(&real(), &own)
        .env(address[0], address[1])
        .output()
        .unwrap();
    assert_eq!(stderr(&output), "");
    let built = Command::new("mdbook")
        .env(address[0], address[1])
        .env(
            "MDBOOK_OUTPUT__HTML__EDIT_URL_TEMPLATE",
            format!("{url}/edit/main/book/{{path}}"),
        )
        .current_dir(&folder)
        .arg("build")
        .arg(real().canonicalize().unwrap())
        .arg("--dest-dir")
        .arg(&plain)
        .output()
        .unwrap();
    assert!(built.status.success(), "{built:?}");
    // The search's index depends on two libraries, which the lock file of
    // mdBook has in older versions: ammonia 4.1.1, which has an advisory
    // (RUSTSEC-2025-0071), and elasticlunr-rs 3.0.2.
    let mut differ = different(&own, &plain);
    differ.retain(|path| path != Path::new("searchindex.js"));
    assert!(differ.is_empty(), "{differ:?}");
}
