//! Folders, links and pipes that cannot be read as source.

use crate::script::Crate;

#[test]
fn a_folder_that_cannot_be_read() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;

    let it = Crate::new(&[("src/lib.rs", ""), ("src/deep/x", "")]);
    let mode = |path: &str, mode| {
        let mode = Permissions::from_mode(mode);
        set_permissions(it.path(path), mode).unwrap();
    };
    mode("", 0o755);
    mode("src/deep", 0o000);
    let mut command = it.command();
    // Nothing is unreadable for root.
    if it.folder.path().metadata().unwrap().uid() == 0 {
        command.uid(65534);
    }
    let output = command.output();
    mode("src/deep", 0o755);
    let error = crate::script::error(&output.expect("it runs"));
    assert_eq!(
        error,
        "src/deep: cannot be read: Permission denied (os error 13); let \
         this user read it, or move it away"
    );
}

#[test]
fn a_link_to_source_that_is_gone() {
    let it = Crate::new(&[("src/lib.rs", "")]);
    std::os::unix::fs::symlink("gone", it.path("src/x.rs")).unwrap();
    let error = it.error();
    assert!(error.starts_with("src/x.rs: cannot be read: "), "{error}");
}

#[test]
fn a_pipe_in_place_of_source_does_not_hang() {
    let it = Crate::new(&[("src/lib.rs", "")]);
    let pipe = it.path("src/x.rs");
    std::process::Command::new("mkfifo").arg(pipe).status().unwrap();
    assert_eq!(
        it.error(),
        "src/x.rs: is no file; let this user read it, or move it away"
    );
}
