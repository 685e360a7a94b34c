//! Good books: what their pages show, and what building them leaves.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::{accepts, builder, copy, fixture, read, stderr};

#[test]
fn a_page_shows_the_output_of_its_commands() {
    let pages = accepts("good");
    let page = read(pages.path().join("chapter.html"));
    assert!(page.contains("$ echo hello\nhello\n\n$ cat missing\n"));
    assert!(
        page.contains("No such file or directory\n$ true\n</code>")
    );
    assert!(page.contains("$ echo in a list\nin a list\n</code>"));
}

#[test]
fn a_command_runs_in_the_folder_of_its_chapter() {
    let pages = accepts("good");
    let page = read(pages.path().join("chapter.html"));
    assert!(page.contains("The folder is src, see"));
    let page = read(pages.path().join("more/other.html"));
    assert!(page.contains("<p>more</p>"));
}

#[test]
fn a_page_shows_the_included_code() {
    let pages = accepts("good");
    let page = read(pages.path().join("chapter.html"));
    assert!(page.contains("pub fn add(a: i64, b: i64) -&gt; i64 {"));
    assert!(page.contains("<code>{{#include FILE}}</code>"));
    assert!(!page.contains("ANCHOR"));
    let page = read(pages.path().join("more/other.html"));
    assert!(page.contains("<title>The other chapter</title>"));
}

/// What a PNG is in a page.
const DATA: &str = "src='data:image/png;base64,iVBORw0KGgo";

#[test]
fn a_page_takes_a_picture_from_outside_of_the_book_along() {
    let pages = accepts("good");
    for name in ["more/other.html", "print.html"] {
        let page = read(pages.path().join(name));
        assert_eq!(page.matches(DATA).count(), 1, "{name}");
        assert_eq!(page.matches("gone.png").count(), 2, "{name}");
        assert!(!page.contains("dot.png"), "{name}");
    }
}

#[test]
fn a_command_makes_the_picture_that_is_shown_below_it() {
    let book = tempfile::tempdir().unwrap();
    copy(&fixture("good"), book.path());
    let chapter = "# Chapter\n\n\
        <!-- cmdrun cp ../code/dot.png ../made.png -->\n\n\
        <img src=\"../made.png\" alt=\"A dot\">\n";
    fs::write(book.path().join("src/chapter.md"), chapter).unwrap();
    let pages = book.path().join("pages");
    let output = builder(book.path(), &pages).output().unwrap();
    assert_eq!(stderr(&output), "");
    assert!(read(pages.join("chapter.html")).contains(DATA));
}

#[test]
fn a_command_gets_no_input() {
    let pages = tempfile::tempdir().unwrap();
    let input = File::open(fixture("good/book.toml")).unwrap();
    let output = builder(&fixture("good"), pages.path())
        .stdin(input)
        .output()
        .unwrap();
    assert_eq!(stderr(&output), "");
    let page = read(pages.path().join("chapter.html"));
    assert!(page.contains("Standard input has 0 bytes."));
}

#[test]
fn a_command_runs_once() {
    let folder = tempfile::tempdir().unwrap();
    let count = folder.path().join("count");
    let output =
        builder(&fixture("runs_once"), &folder.path().join("pages"))
            .env("COUNT", &count)
            .output()
            .unwrap();
    assert_eq!(stderr(&output), "");
    assert_eq!(read(&count), "run\n");
}

#[test]
fn a_command_sees_nothing_of_make_and_cargo() {
    let pages = tempfile::tempdir().unwrap();
    let output = builder(&fixture("environment"), pages.path())
        .env("MAKEFLAGS", "w")
        .env("MAKELEVEL", "1")
        .env("MFLAGS", "-w")
        .env("CARGO_PKG_NAME", "book")
        .env("CARGO_BUILD_BUILD_DIR", "/gone")
        .env("CARGO_BUILD_TARGET", "wasm32-wasip1")
        .env("CARGO_BUILD_TARGET_DIR", "/gone")
        .env("CDPATH", "/")
        .env("BASH_ENV", fixture("good/code/add.rs"))
        .env("BASH_FUNC_echo%%", "() { false; }")
        .env("CARGO_HOME", "/kept")
        .env("CARGO_TERM_COLOR", "always")
        .env("RUST_BACKTRACE", "full")
        .env("RUST_LOG", "trace")
        .env("LD_LIBRARY_PATH", "/gone")
        .output()
        .unwrap();
    assert_eq!(stderr(&output), "");
    let page = read(pages.path().join("chapter.html"));
    assert!(
        page.contains("backtrace 0\ncargo home /kept\ncolours never")
    );
}

#[test]
fn files_that_are_no_chapters_change_nothing() {
    let book = tempfile::tempdir().unwrap();
    copy(&fixture("good"), book.path());
    let strays = [
        ".DS_Store",
        ".chapter.md.swp",
        "._chapter.md",
        "#chapter.md#",
        "chapter.md~",
        "default_7.profraw",
        "more/ odd\nname",
    ];
    for stray in strays {
        let file = book.path().join("src").join(stray);
        fs::write(file, b"\xff\0").unwrap();
    }
    fs::create_dir(book.path().join("src/.obsidian")).unwrap();
    fs::write(book.path().join("src/.obsidian/a.md"), "a").unwrap();
    let pages = tempfile::tempdir().unwrap();
    let output = builder(book.path(), pages.path()).output().unwrap();
    assert_eq!(stderr(&output), "");
    let page = read(pages.path().join("chapter.html"));
    let before = read(accepts("good").path().join("chapter.html"));
    assert_eq!(page, before);
}

/// mdBook copies what is no chapter, and stops at what it cannot read.
#[test]
fn a_link_to_nowhere_is_named() {
    let book = tempfile::tempdir().unwrap();
    copy(&fixture("good"), book.path());
    let lock = book.path().join("src/more/.#other.md");
    std::os::unix::fs::symlink("ferris@sea.123", lock).unwrap();
    let pages = tempfile::tempdir().unwrap();
    let output = builder(book.path(), pages.path()).output().unwrap();
    assert_eq!(
        stderr(&output),
        "src/more/.#other.md: leads nowhere, and mdBook stops at it; \
         save the file that an editor keeps locked by it, or remove \
         it\n"
    );
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_page_asks_nothing_of_the_network() {
    let pages = accepts("good");
    for name in ["chapter.html", "index.html", "print.html", "toc.html"]
    {
        let page = read(pages.path().join(name));
        assert!(!page.contains("=\"http"), "{name}");
        assert!(!page.contains("=\"//"), "{name}");
        // Such code would have a list of crates fetched.
        assert!(!page.contains("class=\"playground\""), "{name}");
    }
}

#[test]
fn without_a_destination_the_settings_name_it() {
    let book = tempfile::tempdir().unwrap();
    copy(&fixture("good"), book.path());
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_book"))
        .arg(book.path())
        .output()
        .unwrap();
    assert_eq!(stderr(&output), "");
    assert!(book.path().join("out/pages/chapter.html").exists());
}

#[test]
fn a_build_waits_for_another_of_the_same_book() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    copy(&fixture("environment"), &book);
    let other = fs::File::open(book.join("book.toml")).unwrap();
    other.lock().unwrap();

    let pages = book.join("book");
    let program = env!("CARGO_BIN_EXE_book");
    let mut waiting = Command::new(program)
        .arg(&book)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(waiting.stderr.take().unwrap());
    let said = said.lines().next().unwrap().unwrap();
    assert_eq!(said, "another build of this book is running; waiting");
    assert!(!pages.exists());
    other.unlock().unwrap();
    assert!(waiting.wait().unwrap().success());
    assert!(pages.exists());
}

#[test]
fn a_build_replaces_the_previous_pages() {
    let pages = accepts("good");
    let output = builder(&fixture("environment"), pages.path())
        .output()
        .unwrap();
    assert_eq!(stderr(&output), "");
    assert!(pages.path().join("chapter.html").exists());
    assert!(!pages.path().join("more").exists());
}

#[test]
fn a_build_that_fails_leaves_the_previous_pages() {
    let pages = accepts("good");
    let before = read(pages.path().join("chapter.html"));
    for name in ["command_fails", "mdbook_warns"] {
        let output =
            builder(&fixture(name), pages.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(read(pages.path().join("chapter.html")), before);
    }
}

#[test]
fn a_folder_with_other_files_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let letter = folder.path().join("letter.txt");
    fs::write(&letter, "Dear reader").unwrap();
    let output =
        builder(&fixture("good"), folder.path()).output().unwrap();
    let reason = format!(
        "{}: there are files that are not a book's; choose an empty \
         folder\n",
        folder.path().display()
    );
    assert_eq!(stderr(&output), reason);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(read(&letter), "Dear reader");
}
