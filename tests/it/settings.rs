//! What a person may have set for work of their own: `make` runs what it
//! has just built all the same.

use std::fs;
use std::process::Command;

use crate::support::{copy_repository, finish, folder, write};

/// A target that no program of this machine runs for.
const OTHER: &str = "wasm32-unknown-unknown";

#[test]
fn no_setting_of_cargo_makes_a_stale_program_run() {
    let home = folder();
    let root = home.path().join("a cl\u{f6}ne");
    copy_repository(&root);
    let plugin = root.join("examples/01-basic/plugin/src/lib.rs");
    let text = fs::read_to_string(&plugin).expect("it is there");
    let configuration = home.path().join(".cargo");
    fs::create_dir(&configuration).expect("a new folder");
    let configuration = configuration.join("config.toml");

    let target = format!("target = {OTHER:?}");
    let targets = format!("target = [{OTHER:?}, \"host-tuple\"]");
    let settings = [
        ("", "CARGO_BUILD_TARGET", OTHER),
        (&target, "CARGO_BUILD_TARGET", ""),
        (&target, "CARGO_BUILD_TARGET", "no-such-target"),
        (&targets, "CARGO_BUILD_TARGET", OTHER),
        ("target-dir = \"elsewhere\"", "CARGO_TARGET_DIR", "elsewhere"),
        ("build-dir = \"elsewhere\"", "CARGO_TERM_VERBOSE", "true"),
    ];
    for (number, (line, name, value)) in settings.iter().enumerate() {
        write(configuration.clone(), &format!("[build]\n{line}\n"));
        // As an author would change it, so that an old one is noticed.
        let sum = format!("a.wrapping_add(b) + {number}");
        let changed = text.replace("a.wrapping_add(b)", &sum);
        assert_ne!(changed, text);
        write(plugin.clone(), &changed);

        let mut make = Command::new("make");
        make.args(["-s", "example1"]).current_dir(&root);
        make.env_remove("CARGO_TARGET_DIR").env(name, value);
        let ended = finish(&mut make);
        let sum = format!("add(2, 40) = {}\n", 42 + number);
        assert_eq!(ended.out, sum, "{line}, {name}={value}: {ended:?}");
        assert_eq!(ended.code, Some(0), "{ended:?}");
    }
}
