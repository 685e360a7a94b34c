//! Output that does not fit: Linux has a device that is always full.

use std::fs;
use std::process::Command;

use crate::host::plugins;
use crate::support::program;

#[test]
fn output_that_cannot_be_written_is_an_error() {
    let folder = plugins(&["endings", "voice"]);
    for words in [&["line"][..], &["long"], &[], &["shout", "x"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full");
        let output = Command::new(program("app"))
            .args(["--plugins".as_ref(), folder.path().as_os_str()])
            .args(words)
            .stdout(full.expect("Linux has it"))
            .output()
            .expect("the app runs");
        assert_eq!(output.status.code(), Some(1), "{words:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        let reason = "writing the output: No space left on device";
        assert!(said.contains(reason), "{words:?}: {said}");
    }
}
