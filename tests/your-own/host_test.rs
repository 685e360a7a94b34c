//! The jukebox, with a plugin that Cargo builds for this test.

use std::path::Path;
use std::process::Command;

#[test]
fn it_lists_what_it_loads() {
    let mut cargo = Command::new(env!("CARGO"));
    let built = cargo.args(["build", "-q", "-p", "twinkle"]).status();
    assert!(built.unwrap().success());

    let jukebox = Path::new(env!("CARGO_BIN_EXE_jukebox"));
    let folder = jukebox.parent().unwrap();
    let output = Command::new(jukebox).arg(folder).output().unwrap();
    let songs = String::from_utf8(output.stdout).unwrap();
    assert!(songs.lines().any(|song| song == "twinkle"), "{songs}");
}
