//! What is said of Example 1.

use std::process::Command;

use crate::support::{
    self, Ended, built, finish, folder, library, program, run, write,
};

/// It failed, with one sentence that has all of these parts.
fn assert_refused(ended: &Ended, parts: &[&str]) {
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert_eq!(ended.out, "");
    assert_eq!(ended.err.lines().count(), 1, "{ended:?}");
    for part in parts {
        assert!(ended.err.contains(part), "{part}: {ended:?}");
    }
}

#[test]
fn without_an_argument_the_plugin_built_beside_the_host_is_called() {
    let ended = run::<&str>("basic-host", &[]);
    assert_eq!(ended.out, "add(2, 40) = 42\n");
    assert_eq!((ended.code, &*ended.err), (Some(0), ""));
}

#[test]
fn the_plugin_may_be_named() {
    let plugin = library(built(), "basic_plugin");
    let ended = run("basic-host", &[plugin]);
    assert_eq!(ended.out, "add(2, 40) = 42\n");
}

#[test]
fn a_file_in_the_current_folder_needs_no_dot_and_slash() {
    let folder = folder();
    let plugin = library(built(), "basic_plugin");
    support::copy(&plugin, &library(folder.path(), "here_alone"));
    let plugin = library("".as_ref(), "here_alone");
    let mut command = Command::new(program("basic-host"));
    let ended = finish(command.current_dir(folder.path()).arg(plugin));
    assert_eq!(ended.out, "add(2, 40) = 42\n");
}

#[test]
fn a_missing_file_is_named() {
    let folder = folder();
    let ended = run("basic-host", &[folder.path().join("absent.so")]);
    let start =
        format!("{}: ", folder.path().join("absent.so").display());
    assert!(ended.err.starts_with(&start), "{ended:?}");
    assert_refused(&ended, &["absent.so: "]);
}

#[test]
fn a_text_file_is_not_a_library() {
    let folder = folder();
    let text = library(folder.path(), "text");
    let text = write(text, "I am not a library\n");
    let ended = run("basic-host", &[&text]);
    let start = format!("{}: ", text.display());
    assert!(ended.err.starts_with(&start), "{ended:?}");
    assert_refused(&ended, &[&start]);
}

#[test]
fn a_library_without_the_symbol_is_named_and_so_is_the_symbol() {
    let voice = library(built(), "voice");
    let ended = run("basic-host", &[&voice]);
    let start = format!("{}: ", voice.display());
    assert_refused(&ended, &[&start, "it has no symbol named add"]);
}

#[test]
fn anything_but_one_library_is_wrong_usage() {
    for arguments in [&["one", "two"][..], &["--help"], &[""]] {
        let ended = run("basic-host", arguments);
        assert_refused(&ended, &["usage: basic-host [LIBRARY]"]);
    }
}

/// A pipe that nobody writes to would be waited for.
#[test]
#[cfg(unix)]
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

#[test]
#[cfg(target_os = "linux")]
fn a_sum_that_cannot_be_written_is_an_error_and_no_panic() {
    let full =
        std::fs::OpenOptions::new().write(true).open("/dev/full");
    let mut command = Command::new(program("basic-host"));
    let output = command.stdout(full.expect("Linux has it")).output();
    let output = output.expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    let start = "writing the output: No space left on device";
    assert!(said.starts_with(start), "{said}");
}

// ANCHOR: c
/// The language of the library does not matter, its symbol does.
#[test]
#[cfg(unix)]
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
