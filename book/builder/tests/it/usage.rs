//! The command line, and books that mdBook itself cannot build.

use std::process::{Command, Output};

use crate::{fixture, refuses, stderr};

const USAGE: &str = "\
usage: book [DIR] [--dest-dir DIR] [--watch COMMAND]
       book preprocess
       book supports RENDERER

Builds the book that lies in DIR. A book with mistakes is not built.
The two other forms are for mdBook, which calls a preprocessor so.

  --dest-dir DIR   where the pages go, if not where book.toml says
  --watch COMMAND  build again when a file changes; first run COMMAND,
                   unless only the text of chapters has changed
";

fn book(words: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_book");
    Command::new(program).args(words).output().unwrap()
}

#[test]
fn wrong_words_are_answered_with_the_usage() {
    let wrong: [&[&str]; 6] = [
        &["one", "two"],
        &["--open"],
        &["--dest-dir"],
        &["--dest-dir", "one", "--dest-dir", "two"],
        &["--watch"],
        &["--watch", "true", "--watch", "true"],
    ];
    for words in wrong {
        let output = book(words);
        assert_eq!(stderr(&output), USAGE, "{words:?}");
        assert_eq!(output.status.code(), Some(2), "{words:?}");
    }
}

#[test]
fn help_is_a_result() {
    let output = book(&["--help"]);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), USAGE);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_folder_without_settings_is_no_book() {
    let folder = fixture("no-such-book");
    let output = book(&[folder.to_str().unwrap()]);
    let reason = format!(
        "{}/book.toml: does not exist; give the folder of a book\n",
        folder.display()
    );
    assert_eq!(stderr(&output), reason);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn malformed_settings_are_refused() {
    let reason = format!(
        "{}: Invalid configuration file: expected a right bracket, \
         found a newline at line 1 column 6",
        fixture("settings_are_malformed/book.toml").display()
    );
    refuses("settings_are_malformed", &reason);
}

#[test]
fn what_mdbook_warns_of_is_a_mistake() {
    let source = fixture("mdbook_warns/src");
    let reason = format!(
        "mdBook warns:\n    It seems that there are both \
         \"README.md\" and index.md under {source:?}.\n    mdbook \
         converts \"README.md\" into index.html by default. It may \
         cause\n    unexpected behavior if putting both files under \
         the same directory.\n    To solve the warning, try to \
         rearrange the book structure or disable\n    \"index\" \
         preprocessor to stop the conversion."
    );
    refuses("mdbook_warns", &reason);
}
