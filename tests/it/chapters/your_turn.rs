//! Does what the book's chapter "Your turn" says in a fresh clone, in
//! which `make example2` was run.

use std::fs;
use std::path::{Path, PathBuf};

use crate::seed::seed;
use crate::session::{
    CHAPTERS, CLONE, Reader, has_git, make_cargo_home,
};
use crate::support::copy_repository;

/// What stays, so that the next run need not compile it all again.
fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("your-turn").join(name)
}

/// A reader in a clone of this repository, as it is now.
fn with_clone() -> Reader {
    let mut reader = Reader::new();
    copy_repository(&reader.folder.join("origin"));
    let (target, cargo) = (kept("target"), kept("cargo"));
    if !target.exists() {
        seed(&target, "app");
    }
    make_cargo_home(&cargo).expect("links");
    // In the clone, what was compiled for another would be compiled again.
    reader.cargo_outside = Some(cargo);
    for command in [
        "cd origin && git init -q && git add .",
        "git -c user.name=x -c user.email=x commit -q -m x",
        &format!(
            "cd .. && git clone -q \"file://$PWD/origin\" {CLONE}"
        ),
        &format!("cd {CLONE}"),
        &format!("ln -s {target:?} target"),
        "make -s example2",
    ] {
        let out = reader.run(command);
        assert_eq!(reader.code, 0, "{command}: {out}");
    }
    reader
}

#[test]
fn who_does_what_the_chapter_says_sees_what_it_shows() {
    if !has_git() {
        return println!("skipped: there is no git");
    }
    let mut reader = with_clone();
    let app = reader.folder.join("target/debug/app");
    let built = || {
        let time = fs::metadata(&app).and_then(|app| app.modified());
        (time.expect("it is built"), fs::read(&app).unwrap())
    };
    let before = built();
    if !reader.does(CHAPTERS[1]) {
        return who_does_what_the_chapter_says_sees_what_it_shows();
    }
    // The host was built before the plugin was thought of.
    assert!(built() == before, "the app was built again");
}
