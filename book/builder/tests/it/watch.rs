//! `--watch`: builds again when a file changes, and goes on after a
//! mistake.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use crate::{copy, fixture, read};

/// Only a watcher that has missed a change takes that long.
const BOUND: Duration = Duration::from_secs(300);

/// An author at work: a book that is being watched.
struct Author {
    folder: TempDir,
    book: PathBuf,
    watcher: Child,
    lines: Receiver<String>,
}

fn forward(stream: impl Read + Send + 'static, lines: Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(stream).lines() {
            let _ = lines.send(line.unwrap());
        }
    });
}

impl Author {
    fn new() -> Author {
        let folder = tempfile::tempdir().unwrap();
        let book = folder.path().canonicalize().unwrap().join("book");
        copy(&fixture("watched"), &book);
        let mut watcher = Command::new(env!("CARGO_BIN_EXE_book"))
            .current_dir(&book)
            .args([".", "--watch"])
            .arg("echo build >>../builds; test ! -e code/broken")
            .env("RUNS", folder.path().join("runs"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        forward(watcher.stdout.take().unwrap(), sender.clone());
        forward(watcher.stderr.take().unwrap(), sender);
        Author { folder, book, watcher, lines }
    }

    /// Puts text into a file, as an editor does: all of it at once.
    fn save(&self, file: &str, text: &str) {
        let new = self.folder.path().join("new");
        fs::write(&new, text).unwrap();
        fs::rename(new, self.book.join(file)).unwrap();
    }

    /// Replaces a part of a file.
    fn change(&self, file: &str, from: &str, to: &str) {
        let text = read(self.book.join(file));
        assert!(text.contains(from), "{file}: {text}");
        self.save(file, &text.replace(from, to));
    }

    /// What the watcher prints next. Were it to build once more than it
    /// has to, this would see that.
    #[track_caller]
    fn sees(&self, line: &str) {
        let seen = self.lines.recv_timeout(BOUND);
        assert_eq!(seen.as_deref(), Ok(line));
    }

    #[track_caller]
    fn sees_page(&self, page: &str) {
        let page = self.book.join("pages").join(page);
        self.sees(&format!("built {}", page.display()));
    }

    fn page_has(&self, text: &str) -> bool {
        read(self.book.join("pages/chapter.html")).contains(text)
    }

    /// How often the page's commands have run, and the one that builds
    /// what they use.
    fn counts(&self) -> (usize, usize) {
        let count = |file: &str| {
            read(self.folder.path().join(file)).lines().count()
        };
        (count("runs"), count("builds"))
    }
}

impl Drop for Author {
    fn drop(&mut self) {
        let _ = self.watcher.kill();
        let _ = self.watcher.wait();
    }
}

#[test]
fn a_watched_book_is_built_again_when_a_chapter_changes() {
    let author = Author::new();
    author.sees_page("index.html");
    assert!(author.page_has("The first words."));
    assert!(author.page_has("the first output"));

    author.change("src/chapter.md", "first words", "next words");
    author.sees_page("chapter.html");
    assert!(author.page_has("The next words."));
    assert!(author.page_has("the first output"));
    assert_eq!(author.counts(), (1, 1), "only words have changed");

    author.change("src/chapter.md", "cat ../code", "head -n 1 ../code");
    author.sees_page("chapter.html");
    assert_eq!(author.counts(), (2, 1), "a command has changed");

    author.save("src/other.md", "# Other\n");
    author.sees(
        "src/other.md: not in src/SUMMARY.md; list the chapter there",
    );
    author.sees("not built; mend that and save");
    author.change(
        "src/SUMMARY.md",
        "# Summary",
        "# Summary\n\n[Other](other.md)",
    );
    author.sees_page("index.html");
}

#[test]
fn a_watched_book_is_built_again_when_what_it_shows_changes() {
    let author = Author::new();
    author.sees_page("index.html");

    author.change("add.rs", "a + b", "b + a");
    author.sees_page("index.html");
    assert!(author.page_has("b + a"));
    assert_eq!(author.counts(), (2, 2));

    author.save("code/words.txt", "the next output\n");
    author.sees_page("index.html");
    assert!(author.page_has("the next output"));
    assert_eq!(author.counts(), (3, 3));
}

#[test]
fn a_watcher_goes_on_after_a_mistake() {
    let author = Author::new();
    author.sees_page("index.html");
    let mend = "not built; mend that and save";

    author.change(
        "src/chapter.md",
        "The first",
        "[The](gone.md) first",
    );
    author.sees(
        "src/chapter.md:3: the link to `gone.md` leads nowhere; give \
         the path from the chapter's folder",
    );
    author.sees(mend);
    assert!(author.page_has("The first words."), "the page as it was");
    author.change(
        "src/chapter.md",
        "[The](gone.md) first",
        "The first",
    );
    author.sees_page("chapter.html");

    fs::rename(author.book.join("add.rs"), author.book.join("gone.rs"))
        .unwrap();
    author.sees(
        "src/chapter.md:9: the included file `../add.rs` does not \
         exist; give its path from the chapter's folder",
    );
    author.sees(mend);
    fs::rename(author.book.join("gone.rs"), author.book.join("add.rs"))
        .unwrap();
    author.sees_page("index.html");

    author.save("code/broken", "");
    author.sees(
        "`echo build >>../builds; test ! -e code/broken`: exit status: 1",
    );
    author.sees(mend);
    fs::remove_file(author.book.join("code/broken")).unwrap();
    author.sees_page("index.html");

    author.change("book.toml", "[book]", "[book");
    let settings = author.book.join("book.toml");
    let seen = author.lines.recv_timeout(BOUND).unwrap();
    let start = format!("{}: Invalid", settings.display());
    assert!(seen.starts_with(&start), "{seen}");
    author.sees(mend);
    author.change("book.toml", "[book", "[book]");
    author.sees_page("index.html");
}

/// A loop would print without an end; the next change shows the second
/// line that nobody has asked for.
#[test]
fn a_file_that_does_not_count_starts_nothing() {
    let author = Author::new();
    author.sees_page("index.html");
    for file in ["src/.chapter.md.swp", "README", "pages/more.html"] {
        author.save(file, "text");
    }
    fs::create_dir(author.book.join("code/target")).unwrap();
    author.save("code/target/words.txt", "text");
    author.change("src/chapter.md", "first words", "next words");
    author.sees_page("chapter.html");
    assert_eq!(author.counts(), (1, 1));
}
