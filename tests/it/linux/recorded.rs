//! What tools print that not everybody has: debuggers, checkers, mounts.
//! Each script in `tests/recorded` prints what a terminal would show, and
//! the file beside it is what the book shows of it. `UPDATE=1 make
//! test-tools` renews that file. Where a tool is missing, the script is skipped.
//! `make test-tools` does all this, because the tools of another system
//! may print other lines.

use std::env;
use std::fs;
use std::process::Command;

use crate::support::{built, finish, root};

const SCRIPTS: [&str; 8] = [
    "asan",
    "frames",
    "gdb",
    "miri",
    "noexec",
    "signature",
    "stripped",
    "valgrind",
];

/// The exit code of a script whose tool is missing.
const SKIPPED: Option<i32> = Some(77);

#[test]
#[ignore = "compiles for a sanitizer; make test-tools runs it"]
fn the_recorded_outputs_are_what_the_tools_print() {
    built();
    if !root().join("target/plugins/libvoice.so").exists() {
        return println!("skipped: make example2 has not been run");
    }
    let mut stale = Vec::new();
    for name in SCRIPTS {
        let script = format!("tests/recorded/{name}.sh");
        let mut command = Command::new("sh");
        command.current_dir(root()).arg(&script);
        // Left by make, whose jobs are not this script's.
        for name in ["CARGO_MAKEFLAGS", "MAKEFLAGS", "MFLAGS"] {
            command.env_remove(name);
        }
        let ended = finish(&mut command);
        if ended.code == SKIPPED {
            println!("{script}: skipped: {}", ended.err.trim());
            continue;
        }
        assert_eq!(ended.code, Some(0), "{script}: {ended:?}");
        let file = root().join(script).with_extension("txt");
        if env::var_os("UPDATE").is_some() {
            fs::write(&file, &ended.out).expect("it can be written");
        }
        let recorded = fs::read_to_string(&file).unwrap_or_default();
        if recorded != ended.out {
            stale.push(format!("{file:?}\n{}", ended.out));
        }
    }
    assert!(
        stale.is_empty(),
        "stale, UPDATE=1 make test-tools renews them: {}",
        stale.join("\n")
    );
}

#[test]
fn each_script_and_each_output_is_known() {
    let folder = root().join("tests/recorded");
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a file").path();
        let name = path.file_stem().expect("a name").to_string_lossy();
        let is_output = path.extension().is_some_and(|e| e == "txt");
        assert!(
            !is_output || SCRIPTS.contains(&&*name),
            "{path:?}: no script makes it"
        );
    }
}
