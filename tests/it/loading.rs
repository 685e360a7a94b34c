//! Which files of a folder are loaded, and which are not even opened.

use std::fs;
use std::path::Path;

use crate::host::{add_plugin, app, plugins, portable};
use crate::support::{folder, library, write};

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    let permissions = fs::Permissions::from_mode(mode);
    fs::set_permissions(path, permissions).expect("a new mode");
}

#[test]
fn hidden_files_and_other_extensions_are_passed_over() {
    let folder = plugins(&["voice"]);
    let path = folder.path();
    add_plugin(path, "first", "x");
    let visible = library(path, "x");
    let name = visible.file_name().expect("it has one");
    let hidden = format!(".{}", name.to_string_lossy());
    fs::rename(&visible, path.join(hidden)).expect("it is renamed");
    write(path.join("README.md"), "not a plugin\n");
    fs::create_dir(path.join("data")).expect("a new folder");
    let ended = app(path, &["--strict"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.starts_with("voice\n"), "{ended:?}");
}

#[test]
#[cfg(unix)]
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
#[cfg(unix)]
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
#[cfg(unix)]
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

#[test]
fn a_folder_may_be_given_relative_to_the_current_one() {
    let folder = plugins(&["voice"]);
    let app = crate::support::program("app");
    let ended = crate::support::finish(
        std::process::Command::new(app)
            .current_dir(folder.path())
            .args(["--plugins", "."]),
    );
    assert!(ended.out.starts_with("voice\n"), "{ended:?}");
}

/// It is one library to the system, so its `register` runs once.
#[test]
#[cfg(unix)]
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

/// A copy is a plugin of its own, and the names are taken.
#[test]
fn a_copy_of_a_plugin_is_refused_with_both_owners() {
    let folder = plugins(&["voice"]);
    add_plugin(folder.path(), "voice", "wolf");
    let ended = app(folder.path(), &[]);
    let reason = "refused wolf: register failed: the name shout that \
                  wolf wants is taken by voice\n";
    assert!(portable(&ended.out).ends_with(reason), "{ended:?}");
}

/// A pipe that nobody writes to would be waited for.
#[test]
#[cfg(unix)]
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
#[cfg(target_os = "linux")]
fn odd_file_names_are_loaded_and_shown_on_one_line() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let names: [&[u8]; 3] =
        [b"lib\xff.so", b"lib a b.so", b"a\nrefused b.so"];
    for name in names {
        let folder = plugins(&["first"]);
        let path = folder.path();
        let odd = path.join(OsStr::from_bytes(name));
        fs::rename(library(path, "first"), &odd).expect("a new name");
        let ended = app(path, &["--strict"]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert_eq!(ended.out.lines().count(), 2, "{ended:?}");

        fs::write(&odd, "not a library").expect("it is written");
        let ended = app(path, &[]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert_eq!(ended.out.lines().count(), 2, "{ended:?}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    for folder in ["absent", "Cargo.toml"] {
        let ended = app(folder.as_ref(), &[]);
        assert_eq!((ended.code, &*ended.out), (Some(1), ""));
        let start = format!("{folder}: ");
        assert!(ended.err.starts_with(&start), "{ended:?}");
        assert_eq!(ended.err.lines().count(), 1, "{ended:?}");
    }
}

#[test]
fn an_empty_folder_is_an_empty_list() {
    let ended = app(folder().path(), &["--strict"]);
    assert_eq!(ended.code, Some(0));
    assert_eq!(ended.out, "no plugins\n");
}

#[test]
fn a_file_without_a_name_of_its_own_is_refused() {
    let folder = plugins(&["voice"]);
    for name in ["", " ", "\u{3164}"] {
        let file = library(folder.path(), name);
        add_plugin(folder.path(), "first", name);
        let ended = app(folder.path(), &[]);
        let reason = ": its file has no name of its own that can be \
                      seen; rename it\n";
        let out = portable(&ended.out);
        assert!(
            out.starts_with("voice\n") && out.ends_with(reason),
            "{out}"
        );
        fs::remove_file(file).expect("it is removed");
    }
}

#[test]
#[cfg(unix)]
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

/// The loader would replace it and open another file. Others do not.
#[test]
fn a_path_that_the_loader_would_rewrite_is_refused() {
    let folder = plugins(&["voice"]);
    let odd = folder.path().join("$LIB");
    fs::create_dir(&odd).expect("a new folder");
    add_plugin(&odd, "voice", "voice");
    let ended = app(&odd, &[]);
    let reason = "refused voice: its path has a $ in it; rename it\n";
    let out = portable(&ended.out);
    match cfg!(any(
        windows,
        target_vendor = "apple",
        target_env = "musl"
    )) {
        true => assert!(out.starts_with("voice\n"), "{out}"),
        false => assert!(out.ends_with(reason), "{out}"),
    }
}
