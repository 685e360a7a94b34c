//! Chapters: the list of them, the links and images between them.

use std::fs;

use crate::{builder, copy, fixture, refuses, stderr};

#[test]
fn a_missing_chapter_is_refused_and_not_created() {
    refuses(
        "chapter_is_missing",
        "src/SUMMARY.md:3: the chapter `chapter.md` does not exist; \
         write it, or take it off the list",
    );
    assert!(!fixture("chapter_is_missing/src/chapter.md").exists());
}

#[test]
fn a_chapter_that_is_not_listed_is_refused() {
    refuses(
        "chapter_is_forgotten",
        "src/more/forgotten.md: not in src/SUMMARY.md; list the \
         chapter there",
    );
}

#[test]
fn a_chapter_listed_twice_is_refused() {
    refuses(
        "chapter_is_listed_twice",
        "src/SUMMARY.md: Duplicate file in SUMMARY.md: \
         \"chapter.md\"",
    );
}

#[test]
fn a_chapter_listed_under_two_names_is_refused() {
    refuses(
        "chapter_is_listed_under_two_names",
        "src/SUMMARY.md:4: `./chapter.md` is listed twice; take one \
         off the list",
    );
}

#[test]
fn a_chapter_that_is_not_text_is_refused() {
    let book = tempfile::tempdir().unwrap();
    copy(&fixture("good"), book.path());
    let latin1 = b"# Caf\xe9\n";
    fs::write(book.path().join("src/chapter.md"), latin1).unwrap();
    let output = builder(book.path(), &book.path().join("pages"))
        .output()
        .unwrap();
    let reason = "src/chapter.md: not UTF-8 text; save it as UTF-8\n";
    assert_eq!(stderr(&output), reason);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_book_without_a_summary_is_refused() {
    refuses(
        "summary_is_missing",
        "src/SUMMARY.md: does not exist; list the chapters there",
    );
}

#[test]
fn a_link_to_nothing_is_refused() {
    refuses(
        "link_leads_nowhere",
        "src/chapter.md:3: the link to `more.md` leads nowhere; give \
         the path from the chapter's folder",
    );
}

#[test]
fn a_link_to_a_heading_that_is_not_there_is_refused() {
    refuses(
        "link_to_a_missing_heading",
        "src/chapter.md:6: the link to `#gone` leads nowhere: other.md \
         has no such heading; take the name from the address of the \
         page in a browser\n\
         src/chapter.md:6: the link to `#what-is-gone` leads nowhere: \
         chapter.md has no such heading; take the name from the address \
         of the page in a browser",
    );
}

#[test]
fn a_link_in_html_is_looked_up_as_well() {
    refuses(
        "link_in_html",
        "src/chapter.md:4: the link to `gone.md` leads nowhere; give \
         the path from the chapter's folder",
    );
}

#[test]
fn a_link_whose_address_was_forgotten_is_refused() {
    refuses(
        "link_without_an_address",
        "src/chapter.md:4: the link to `[the book]` has no address; \
         write one as `[the book]: ADDRESS`",
    );
}

#[test]
fn a_link_out_of_the_book_is_refused() {
    let reason = |path| {
        format!(
            "src/chapter.md:3: the link to `{path}` leads out of the \
             book, and a reader of its pages does not have the file; \
             give its address"
        )
    };
    refuses(
        "link_out_of_the_book",
        &[reason("../book.toml"), reason("/etc/passwd")].join("\n"),
    );
}

#[test]
fn an_image_from_the_network_is_refused() {
    refuses(
        "image_from_the_network",
        "src/chapter.md:3: `https://example.org/crate.svg` would be \
         fetched from the network; put the file beside the chapter",
    );
}

#[test]
fn a_picture_that_no_command_has_made_is_refused() {
    refuses(
        "picture_is_missing",
        "src/chapter.md:4: `../gone.png` is not there; let a command \
         above make it",
    );
}

#[test]
fn a_picture_that_is_cut_short_is_refused() {
    refuses(
        "picture_is_cut_short",
        "src/chapter.md:3: `../code/half.png` is no PNG, or only a part \
         of one",
    );
}

#[test]
fn a_picture_that_says_nothing_to_the_blind_is_refused() {
    refuses(
        "picture_has_no_text",
        "src/chapter.md:3: `../code/dot.png` has no alt text; write \
         alt=\"…\" on its line",
    );
}

#[test]
fn all_mistakes_are_reported_in_the_order_of_the_files() {
    refuses(
        "several_mistakes",
        "src/SUMMARY.md:5: the chapter `b.md` does not exist; write \
         it, or take it off the list\n\
         src/a.md:1: the included file `gone` does not exist; give \
         its path from the chapter's folder\n\
         src/chapter.md:3: `exit 2` exits with 2 instead of 0; mend \
         it, or expect it with <!-- cmdrun -2 … -->\n\
         src/chapter.md:5: the included file `gone` does not exist; \
         give its path from the chapter's folder",
    );
}
