//! Files that only Unix has: modes, links and pipes.

use std::fs;
use std::path::Path;

use crate::host::{add_plugin, app, plugins, portable};
use crate::support::{folder, library};

fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    let permissions = fs::Permissions::from_mode(mode);
    fs::set_permissions(path, permissions).expect("a new mode");
}

#[test]
fn a_folder_that_anybody_may_write_to_is_refused() {
    let folder = plugins(&["voice"]);
    for mode in [0o777, 0o1777, 0o702] {
        set_mode(folder.path(), mode);
        let ended = app(folder.path(), &[]);
        assert_eq!((ended.code, &*ended.out), (Some(1), ""));
        let reason = ": anybody may write to it; take that away with \
                      chmod o-w, or trust it with \
                      --allow-world-writable\n";
        assert!(ended.err.ends_with(reason), "{ended:?}");
    }
    let ended = app(folder.path(), &["--allow-world-writable"]);
    assert!(ended.out.starts_with("voice\n"), "{ended:?}");
    set_mode(folder.path(), 0o775);
    let ended = app(folder.path(), &["--strict"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
}

#[test]
fn a_file_that_anybody_may_write_to_is_refused() {
    let folder = plugins(&["first", "voice"]);
    set_mode(&library(folder.path(), "first"), 0o666);
    let ended = app(folder.path(), &[]);
    let reason = "refused first: anybody may write to it; take that \
                  away with chmod o-w, or trust it with \
                  --allow-world-writable\n";
    let out = portable(&ended.out);
    assert!(
        out.starts_with("voice\n") && out.ends_with(reason),
        "{out}"
    );
    let ended = app(folder.path(), &["--allow-world-writable"]);
    assert!(ended.out.starts_with("first\n"), "{ended:?}");
}

#[test]
fn a_link_to_a_plugin_is_loaded_and_one_to_nothing_is_refused() {
    let elsewhere = plugins(&["voice"]);
    let folder = folder();
    let link = |from: &Path, name| {
        let link = library(folder.path(), name);
        std::os::unix::fs::symlink(from, link).expect("a new link");
    };
    link(&library(elsewhere.path(), "voice"), "linked");
    link(&library(elsewhere.path(), "gone"), "dangling");
    link(&library(folder.path(), "loop"), "loop");
    link(Path::new("/dev/zero"), "zero");
    let ended = app(folder.path(), &[]);
    let out = portable(&ended.out);
    assert!(out.starts_with("linked\n  shout"), "{out}");
    for reason in [
        "refused dangling: No such file or directory",
        "refused loop: ",
        "refused zero: not a file\n",
    ] {
        assert!(out.contains(reason), "{out}");
    }
}

/// It is one library to the system, so its `register` runs once.
#[test]
fn the_same_file_twice_registers_once() {
    let folder = plugins(&["voice"]);
    let path = folder.path();
    let voice = library(path, "voice");
    std::os::unix::fs::symlink(&voice, library(path, "w_link"))
        .expect("a new link");
    fs::hard_link(&voice, library(path, "x_hard")).expect("a new name");
    let ended = app(path, &["--strict"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(ended.out.matches("shout").count(), 1, "{ended:?}");
    assert_eq!(ended.err.matches("ready to shout").count(), 1);
}

/// A pipe that nobody writes to would be waited for.
#[test]
fn a_pipe_named_like_a_library_is_refused_at_once() {
    let folder = plugins(&["voice"]);
    let pipe = library(folder.path(), "pipe");
    let made = std::process::Command::new("mkfifo").arg(pipe).status();
    assert!(made.is_ok_and(|status| status.success()));
    let ended = app(folder.path(), &[]);
    assert!(
        portable(&ended.out).contains("refused pipe: not a file\n")
    );
}

#[test]
fn two_files_that_would_be_one_plugin_are_told_apart() {
    let folder = plugins(&["voice"]);
    let other = folder
        .path()
        .join("voice")
        .with_extension(std::env::consts::DLL_EXTENSION);
    add_plugin(folder.path(), "first", "x");
    fs::rename(library(folder.path(), "x"), other).expect("a new name");
    let ended = app(folder.path(), &[]);
    let reason = "refused voice: another plugin is called voice\n";
    assert!(portable(&ended.out).ends_with(reason), "{ended:?}");
    assert_eq!(ended.out.lines().filter(|l| *l == "voice").count(), 1);
}

/// Without a prefix such as `lib` it would be a hidden file.
#[test]
fn a_file_without_a_name_of_its_own_is_refused() {
    let folder = plugins(&["voice"]);
    add_plugin(folder.path(), "first", "");
    let ended = app(folder.path(), &[]);
    let reason = "refused : its file has no name of its own that can be \
                  seen; rename it\n";
    let out = portable(&ended.out);
    assert!(
        out.starts_with("voice\n") && out.ends_with(reason),
        "{out}"
    );
}
