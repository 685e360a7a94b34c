//! How a host must be built, so that it can have plugins.

use std::process::Command;

use crate::support::{finish, root, target};

/// What the compiler says of the host's crate, compiled with these flags
/// and features; what that crate needs is checked without them, as
/// `make lint` checks it.
fn error_of_a_host(flags: &[&str], features: &str) -> String {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(root()).arg("rustc").arg("--offline");
    cargo.args(["--package", "nutshell-host", "--lib"]);
    cargo.args(["--profile", "check", "--features", features]);
    cargo.arg("--target-dir").arg(target()).arg("--").args(flags);
    let ended = finish(&mut cargo);
    let error = ended.err.split("error: ").nth(1).unwrap_or_default();
    let line = error.lines().next().unwrap_or_default().to_owned();
    assert_eq!(
        ended.code.is_none_or(|code| code != 0),
        !line.is_empty()
    );
    line
}

#[test]
#[ignore = "checks all that a host needs anew; make test-tools runs it"]
fn a_host_that_cannot_have_plugins_does_not_compile() {
    let is_static = ["-Ctarget-feature=+crt-static"];
    let error = error_of_a_host(&is_static, "");
    let start = "a statically linked host cannot load plugins: ";
    assert!(error.starts_with(start), "{error}");

    let abort = ["-Cpanic=abort"];
    let error = error_of_a_host(&abort, "");
    let start =
        "a host that is built with panic = \"abort\" ends with ";
    assert!(error.starts_with(start), "{error}");

    assert_eq!(error_of_a_host(&abort, "panic-abort"), "");
    assert_eq!(error_of_a_host(&[], ""), "");
}
