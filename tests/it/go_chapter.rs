//! The book's chapter `go-tests.md` names tests, each with its file. It
//! names such as there are, and all of `go_suite.rs`.

use std::collections::BTreeMap;
use std::fs;

use crate::support::{files, root};

/// The names of the tests in each file of `tests/`, by its path in there,
/// or in `tests/it/`.
fn tests() -> BTreeMap<String, Vec<String>> {
    let sources = files(".rs");
    let tests = sources.iter().filter_map(|(file, text)| {
        let file = file.strip_prefix("tests/")?;
        let file = file.strip_prefix("it/").unwrap_or(file);
        Some((file.to_owned(), names(text)))
    });
    tests.collect()
}

/// The functions of this source that `#[test]` stands above.
fn names(source: &str) -> Vec<String> {
    let is_attribute = |line: &&str| line.starts_with("#[");
    source
        .split("#[test]\n")
        .skip(1)
        .filter_map(|rest| {
            let mut lines = rest.lines().skip_while(is_attribute);
            let name = lines.next()?.strip_prefix("fn ")?;
            Some(name.split('(').next()?.to_owned())
        })
        .collect()
}

/// What is wrong with the tests that a page names, each with its file
/// behind it: `` `name` (`file.rs`) ``.
fn wrong_names(page: &str) -> Vec<String> {
    let tests = tests();
    let mut wrong = Vec::new();
    let code: Vec<_> = page.split('`').collect();
    for (at, word) in code.iter().enumerate().skip(1).step_by(2) {
        let is_part = |c: char| c.is_ascii_lowercase() || c == '_';
        if !word.chars().all(is_part) || word.matches('_').count() < 2 {
            continue; // some other code
        }
        let file = match (code.get(at + 1), code.get(at + 2)) {
            (Some(&" ("), Some(file)) => file,
            _ => "no file",
        };
        let has = |names: &Vec<_>| names.iter().any(|n| n == word);
        if !tests.get(file).is_some_and(has) {
            wrong.push(format!("{file} has no test {word}"));
        }
    }
    wrong
}

fn chapter() -> String {
    fs::read_to_string(root().join("book/src/go-tests.md"))
        .expect("the chapter is there")
}

#[test]
fn the_chapter_names_tests_that_exist_in_the_files_it_names() {
    assert_eq!(wrong_names(&chapter()), [""; 0]);
}

#[test]
fn a_made_up_test_and_one_in_another_file_are_found() {
    for (page, wrong) in [
        ("`a_made_up_test` (`go_suite.rs`)", 1),
        ("`a_made_up_test` (`nowhere.rs`)", 1),
        ("`a_plugin_may_be_a_host_itself` (`tidy.rs`)", 1),
        ("`a_plugin_may_be_a_host_itself` somewhere", 1),
        ("`a_plugin_may_be_a_host_itself` (`go_suite.rs`)", 0),
        ("`plugin_register`, `Library::new`", 0),
    ] {
        assert_eq!(wrong_names(page).len(), wrong, "{page}");
    }
    // A line of text that looks like a test is none.
    assert_eq!(names("// #[test]\n// fn a_b_c() {}\n"), [""; 0]);
}

/// A test of that file that the chapter does not name would be lost.
#[test]
fn the_chapter_names_each_test_of_go_suite() {
    let page = chapter();
    let mut count = 0;
    for file in ["go_suite.rs", "linux/go_suite.rs"] {
        for name in &tests()[file] {
            assert!(
                page.contains(&format!("`{name}` (`{file}`)")),
                "go-tests.md does not name {name}"
            );
            count += 1;
        }
    }
    assert!(count > 12, "{count}");
}

/// Those of Go's file, as it was when the chapter was written.
#[test]
fn the_chapter_has_one_row_for_each_of_gos_tests() {
    let page = chapter();
    let rows = page.lines().filter(|line| line.starts_with("| `Test"));
    let mut names: Vec<_> =
        rows.filter_map(|row| row.split('`').nth(1)).collect();
    assert_eq!(names.len(), 27, "{names:#?}");
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 27, "one has two rows");
}
