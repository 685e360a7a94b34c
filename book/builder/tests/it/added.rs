//! What the builder adds to pages: the file above a listing, a list of
//! contents, and links to the repository.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::{builder, copy, fixture, read, stderr};

/// A copy of the good book with this text as its first chapter.
fn book(chapter: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    copy(&fixture("good"), &book);
    fs::write(book.join("src/chapter.md"), chapter).unwrap();
    folder
}

/// Its built page, and what the builder said. An empty address is none.
fn build(folder: &Path, address: &str) -> (String, String) {
    let pages = folder.join("pages");
    let output = builder(&folder.join("book"), &pages)
        .env("TALK_REPOSITORY", address)
        .output()
        .unwrap();
    let page = fs::read_to_string(pages.join("chapter.html"));
    (page.unwrap_or_default(), stderr(&output))
}

/// The list of contents, without the markup of its items.
fn contents(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("<nav class=\"contents\"")?;
    let (list, _) = rest.split_once("</nav>")?;
    let (_, list) = list.split_once("<ul>")?;
    Some(list.replace("</ul>", "").trim().to_owned())
}

const LISTING: &str = "```rust\n{{#include ../code/add.rs:add}}\n```\n";

#[test]
fn a_listing_has_the_name_of_its_file_above_it() {
    let text = format!(
        "# Chapter\n\nText:\n\n{LISTING}\nWrite this to `a.rs`:\n\n\
         {LISTING}\nChange `a.rs`:\n\n{LISTING}\n\
         ```text\n../code/add.rs\n```\n"
    );
    let folder = book(&text);
    fs::write(
        folder.path().join("book/src/more/other.md"),
        "# Other\n",
    )
    .unwrap();
    let (page, said) = build(folder.path(), "");
    assert_eq!(said, "");
    assert_eq!(page.matches("pub fn add").count(), 3);
    assert_eq!(page.matches("class=\"file\"").count(), 1);
    let above = "<p class=\"file\">code/add.rs</p>\n<pre>";
    assert!(page.contains(above), "{page}");
}

#[test]
fn a_long_page_has_a_list_of_contents() {
    let text = "# Chapter\n\nText.\n\n## One\n\n### Below\n\n## `Two`: 2\
        \n\n```text\n## Not one\n```\n\n## Same\n\n## Same\n\n## Five\n\n\
        ## Try it\n\nIt.\n";
    let folder = book(text);
    let (page, said) = build(folder.path(), "");
    assert_eq!(said, "");
    let list = contents(&page).unwrap();
    assert_eq!(
        list,
        "<li><a href=\"#one\">One</a></li>\n\
         <li><a href=\"#two-2\"><code>Two</code>: 2</a></li>\n\
         <li><a href=\"#same\">Same</a></li>\n\
         <li><a href=\"#same-1\">Same</a></li>\n\
         <li><a href=\"#five\">Five</a></li>"
    );
    assert!(page.find("Text.") < page.find("class=\"contents\""));
    assert!(page.find("class=\"contents\"") < page.find("id=\"one\""));

    let folder = book(&text.replace("## Five", "Five"));
    let (page, said) = build(folder.path(), "");
    assert_eq!(said, "");
    assert_eq!(contents(&page), None);
}

#[test]
fn the_repository_s_address_makes_links() {
    let folder = book(&format!("# Chapter\n\n{LISTING}"));
    let (page, said) = build(folder.path(), "git@example.org:a/b.git");
    assert_eq!(said, "");
    for link in [
        "https://example.org/a/b",
        "https://example.org/a/b/edit/main/book/src/chapter.md",
        "https://example.org/a/b/blob/main/code/add.rs",
    ] {
        let link = format!("href=\"{link}\"");
        assert!(page.contains(&link), "{link} in {page}");
    }
    let (page, said) = build(folder.path(), "");
    assert_eq!(said, "");
    assert!(!page.contains("https://"), "{page}");

    let (page, said) =
        build(folder.path(), "https://example.org/\"><b>&c");
    assert_eq!(said, "");
    let link = "org/&quot;&gt;&lt;b&gt;&amp;c/blob/main/code/add.rs";
    assert!(page.contains(link), "{page}");
    assert!(!page.contains("<b>"), "{page}");

    let (_, said) = build(folder.path(), "plugins");
    assert_eq!(
        said,
        "REPOSITORY=plugins: no address; take one as in \
         REPOSITORY=https://example.org/plugins\n"
    );
}

#[test]
fn the_address_is_that_of_the_clone_s_origin() {
    let folder = book("# Chapter\n");
    let git = |words: &[&str]| {
        let mut git = Command::new("git");
        git.current_dir(folder.path()).args(words).output()
    };
    if git(&["init", "-q"]).is_err() {
        eprintln!("skipped: there is no git");
        return;
    }
    assert!(!build(folder.path(), "").0.contains("https://"));
    let origin = "https://ada:secret@example.org/a.git";
    git(&["remote", "add", "origin", origin]).unwrap();
    let (page, said) = build(folder.path(), "");
    assert_eq!(said, "");
    assert!(page.contains("href=\"https://example.org/a\""), "{page}");

    // A book in a folder further down is another repository's.
    let below = folder.path().join("below");
    copy(&folder.path().join("book"), &below.join("book"));
    assert!(!read(below.join("book/src/chapter.md")).is_empty());
    assert!(!build(&below, "").0.contains("https://"));
}
