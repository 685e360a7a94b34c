//! Features of a processor that only one architecture has.

use std::process::Command;

use crate::crates::{Facts, Workspace};

#[test]
fn features_are_those_of_the_users_own_compilation() {
    let workspace = Workspace::new();
    let plain = workspace.facts(&[], &[]);
    assert_eq!(plain.get("feature sse2"), "true");
    assert_eq!(plain.get("feature avx2"), "false");

    let flags = [("RUSTFLAGS", "-Ctarget-cpu=x86-64-v3")];
    let newer = workspace.facts(&[], &flags);
    assert_eq!(newer.get("feature avx2"), "true");
    assert_eq!(newer.get("feature avx512f"), "false");
    assert_eq!(newer.names("feature "), plain.names("feature "));

    // A flag for the user alone: no build script hears of it.
    let rustc = ["rustc", "-p", "user", "--message-format=json"];
    let flag = ["--", "-Ctarget-feature=+avx2"];
    let built = workspace.cargo(&[&rustc[..], &flag].concat(), &[]);
    // Where it is depends on the configuration of a person.
    let text = String::from_utf8(built.stdout).unwrap();
    let (_, program) = text.split_once("\"executable\":\"").unwrap();
    let (program, _) = program.split_once('"').unwrap();
    let program = program.replace("\\\\", "\\");
    let output = Command::new(program).output().unwrap();
    let own = Facts(String::from_utf8(output.stdout).unwrap());
    assert_eq!(own.get("feature avx2"), "true");
}
