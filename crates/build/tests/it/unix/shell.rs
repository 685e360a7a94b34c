//! Shell scripts, for tests that need a program of their own.

use std::path::Path;
use std::process::Command;

/// An executable file: a wrapper around the compiler. A process of its
/// own writes it; the children of other tests would inherit a file that
/// is open here, and Linux starts no program that somebody may write.
pub fn shell_script(path: &Path, text: &str) {
    let write =
        "printf '%s\\n' '#!/bin/sh' \"$1\" > \"$0\" && chmod +x \"$0\"";
    let status = Command::new("sh")
        .args(["-c", write])
        .arg(path)
        .arg(text)
        .status();
    assert!(status.expect("sh runs").success());
}
