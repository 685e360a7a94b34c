//! Plugins and C: one whose work is done in C, and libraries that are
//! written in C alone, which cannot be plugins of this host.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::thread;

use crate::host::{app, folder_with};
use crate::support::{Built, Ended, SAY_WHERE, finish, root, target};

/// Cargo on the crate of the plugin, which is a workspace of its own.
fn cargo(arguments: &[&str]) -> Ended {
    let folder = target().join("in_c");
    finish(
        Command::new(env!("CARGO"))
            .current_dir(root().join("tests/plugins/in_c"))
            .env("CARGO_TARGET_DIR", folder)
            .args(arguments),
    )
}

/// The plugin `morse`, built once.
pub fn morse() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let build = ["build", "--quiet", "--locked", SAY_WHERE];
        Built::of(&cargo(&build)).library("morse")
    })
}

#[test]
fn a_plugin_whose_work_is_done_in_c_registers_and_runs() {
    let folder = folder_with(morse(), "morse");
    let listed = app(folder.path(), &["--strict"]);
    assert_eq!(
        listed.out,
        "morse\n  morse      say it in dots and dashes\n"
    );
    for (words, expected) in [
        (&["Ferris", "42"][..], "..-. . .-. .-. .. ... / ....- ..---"),
        (&["sos"], "... --- ..."),
        (&["grün"], "--. .-. ? -."),
        (&[""], ""),
        (&[], ""),
    ] {
        let ended = app(folder.path(), &[&["morse"], words].concat());
        assert_eq!(ended.out, format!("{expected}\n"), "{words:?}");
        assert_eq!(ended.code, Some(0), "{ended:?}");
    }
}

/// Go's suite does this with a plugin whose work is done in C, too.
#[test]
fn twenty_apps_at_once_print_the_same() {
    let folder = folder_with(morse(), "morse");
    let run = || app(folder.path(), &["morse", "all", "at", "once"]);
    let ended = thread::scope(|scope| {
        let apps = [(); 20].map(|()| scope.spawn(run));
        apps.map(|app| app.join().expect("no panic"))
    });
    let expected = ".- .-.. .-.. / .- - / --- -. -.-. .\n";
    for ended in ended {
        assert_eq!((ended.code, &*ended.out), (Some(0), expected));
    }
}

/// The checks of the workspace do not reach a crate of its own.
#[test]
fn the_crate_with_c_is_formatted_and_has_no_warnings() {
    for arguments in [
        &["fmt", "--check"][..],
        &["clippy", "--quiet", "--locked", "--", "-D", "warnings"],
    ] {
        let ended = cargo(arguments);
        assert_eq!(ended.code, Some(0), "{ended:?}");
    }
}
