//! Links, sockets and pipes beside the source.

use crate::source::changes;

#[test]
fn links_that_lead_nowhere_sockets_and_pipes_do_not_count() {
    use std::os::unix::fs::symlink;
    assert!(!changes(|it| {
        symlink("me@host.1:2", it.path("src/.#lib.rs")).unwrap();
        symlink("nowhere", it.path("src/dangling")).unwrap();
        let socket = it.path("src/socket");
        std::os::unix::net::UnixListener::bind(socket).unwrap();
        let pipe = std::process::Command::new("mkfifo")
            .arg(it.path("src/pipe"))
            .status();
        assert!(pipe.unwrap().success());
    }));
}

#[test]
fn a_link_back_to_a_folder_above_does_not_hang() {
    use std::os::unix::fs::symlink;
    assert!(!changes(|it| {
        symlink("..", it.path("src/deep/up")).unwrap();
    }));
}
