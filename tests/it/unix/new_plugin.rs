//! `make new-plugin` through the shell, and where nothing can be
//! written.

use std::process::Command;

use crate::new_plugin::{repository, tree};
use crate::support::{finish, program};

/// Here nobody may write a byte into a file.
#[test]
fn a_plugin_that_cannot_be_written_leaves_nothing() {
    let repository = repository();
    let before = tree(repository.path());
    let ended = finish(
        Command::new("bash")
            .current_dir(repository.path())
            .args([
                "-c",
                "trap '' XFSZ; ulimit -f 0; exec \"$0\" parrot",
            ])
            .arg(program("new-plugin")),
    );
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.err.contains("Cargo.toml: "), "{ended:?}");
    assert!(tree(repository.path()) == before, "something is left");
}

/// The whole of it goes through `make` and the shell.
#[test]
fn make_hands_over_the_name_as_it_is_and_how_it_ended() {
    for name in [
        "X y",
        "x'y",
        "\"; echo z",
        "`echo z`",
        "a;b",
        "a$b",
        "a$$b",
        "${HOME}",
        "$(shell echo z)",
        "$(error z)",
        "a\\b",
        "x\\",
        "a#b",
        "a=b",
        "x ",
        "-n",
        "~",
        "",
    ] {
        let quoted = name.replace('\'', "'\\''");
        // A variable of that name names no plugin: WSL has one.
        let make = format!("NAME=me make new-plugin NAME='{quoted}'");
        let ended = crate::unix::sh(&make);
        assert_eq!(ended.code, Some(2), "{name}: {ended:?}");
        let start = match name {
            "" => "usage: ".to_owned(),
            _ => format!("{name}: not a name for a plugin; "),
        };
        assert!(ended.err.starts_with(&start), "{ended:?}");
    }
    let ended = crate::unix::sh("NAME=me make new-plugin");
    assert!(ended.err.starts_with("usage: "), "{ended:?}");
}
