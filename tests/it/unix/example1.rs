//! Example 1 with a pipe in place of a library, and with a library in C.

use std::process::Command;

use crate::example1::assert_refused;
use crate::support::{self, folder, library, run, write};

/// A pipe that nobody writes to would be waited for.
#[test]
fn a_pipe_or_a_folder_is_refused_at_once() {
    let folder = folder();
    let pipe = library(folder.path(), "pipe");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|status| status.success()));
    for path in [pipe.as_path(), folder.path()] {
        let ended = run("basic-host", &[path]);
        let line = format!("{}: not a file", path.display());
        assert_refused(&ended, &[&line]);
    }
}

// ANCHOR: c
/// The language of the library does not matter, its symbol does.
#[test]
fn a_library_written_in_c_is_called_just_as_well() {
    let folder = folder();
    let source = write(
        folder.path().join("add.c"),
        "long long add(long long a, long long b) { return a + b; }\n",
    );
    let plugin = library(folder.path(), "add");
    let mut cc = Command::new("cc");
    cc.args(["-shared", "-fPIC", "-o"]).args([&plugin, &source]);
    let compiled = support::finish(&mut cc);
    assert_eq!(compiled.code, Some(0), "{compiled:?}");

    let ended = run("basic-host", &[plugin]);
    assert_eq!(ended.out, "add(2, 40) = 42\n");
}
// ANCHOR_END: c
