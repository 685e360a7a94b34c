//! `app inspect` and a pipe.

use crate::support::{folder, run};

#[test]
fn inspect_waits_for_nobody() {
    let folder = folder();
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|status| status.success()));
    let ended = run("app", &["inspect".as_ref(), pipe.as_os_str()]);
    let line = format!("{}: refused: not a file\n", pipe.display());
    assert_eq!((ended.code, ended.out), (Some(1), line));
}
