//! Which files of a folder are loaded, and which are not even opened.

use std::fs;

use crate::host::{add_plugin, app, plugins, portable};
use crate::support::{folder, library, write};

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
fn a_file_whose_name_cannot_be_seen_is_refused() {
    let folder = plugins(&["voice"]);
    for name in [" ", "\u{3164}"] {
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
