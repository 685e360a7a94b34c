//! Does what the book's chapter `how.md` says, in an empty folder and
//! without this repository.

use std::fs;

use crate::session::{CHAPTERS, Reader};
use crate::support::root;

#[test]
fn who_does_what_the_chapter_says_has_example_1() {
    let mut reader = Reader::without_a_clone();
    if !reader.does(CHAPTERS[2]) {
        who_does_what_the_chapter_says_has_example_1();
    }
}

/// The crates that the reader's host needs and our workspace does not
/// have in this version.
fn differing(host: &str) -> Vec<&str> {
    let ours = fs::read_to_string(root().join("Cargo.toml"));
    let ours = ours.expect("it is there");
    let (_, needed) =
        host.split_once("[dependencies]\n").expect("some");
    let has = |line: &&str| ours.lines().any(|own| own == *line);
    needed.lines().filter(|line| !has(line)).collect()
}

#[test]
fn the_reader_s_host_needs_the_crates_of_example_1() {
    let path = root().join("tests/from-scratch/host.toml");
    let host = fs::read_to_string(path).expect("it is there");
    assert_eq!(differing(&host), [""; 0]);
    let other = host.replace("libloading = \"0", "libloading = \"9");
    assert_eq!(differing(&other).len(), 1, "{other}");
}
