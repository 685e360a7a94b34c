//! What is said of Example 1.

use std::process::Command;

use crate::support::{
    self, Ended, built, finish, folder, library, program, run, write,
};

/// It failed, with one sentence that has all of these parts.
pub fn assert_refused(ended: &Ended, parts: &[&str]) {
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
