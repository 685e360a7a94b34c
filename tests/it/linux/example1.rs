//! Example 1 where its output does not fit.

use std::process::Command;

use crate::support::program;

#[test]
fn a_sum_that_cannot_be_written_is_an_error_and_no_panic() {
    let full =
        std::fs::OpenOptions::new().write(true).open("/dev/full");
    let mut command = Command::new(program("basic-host"));
    let output = command.stdout(full.expect("Linux has it")).output();
    let output = output.expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    let start = "writing the output: No space left on device";
    assert!(said.starts_with(start), "{said}");
}
