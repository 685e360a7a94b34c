//! Which files belong to the repository, whoever asks and wherever it is.

use std::fs;
use std::path::Path;
use std::process::Command;

use preflight::files;
use tempfile::TempDir;

/// A folder with these files in it; each has its name as its text.
fn folder_with(files: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for file in files {
        write(folder.path(), file, file);
    }
    folder
}

fn write(root: &Path, file: &str, text: &str) {
    let path = root.join(file);
    let parent = path.parent().expect("it has one");
    fs::create_dir_all(parent).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// Our rules, above a folder of ours.
fn with_our_rules(files: &[&str]) -> TempDir {
    let folder = folder_with(files);
    write(
        folder.path(),
        ".gitignore",
        include_str!("../../.gitignore"),
    );
    folder
}

#[test]
fn what_a_person_has_at_the_top_is_not_of_the_repository() {
    let folder = with_our_rules(&[
        ".ci/run",
        ".idea/workspace.xml",
        "Makefile",
        "crates/host/src/lib.rs",
        "node_modules/marp/README.md",
        "notes.md",
        "screenshot.png",
        "slides.html",
        "slides.md",
        "target/talk/index.html",
        "venv/lib/site-packages/x.svg",
    ]);
    let expected = [
        ".ci/run",
        ".gitignore",
        "Makefile",
        "crates/host/src/lib.rs",
        "slides.md",
    ];
    assert_eq!(files(folder.path()), expected);
    write(folder.path(), ".gitignore", "target\n");
    assert_eq!(files(folder.path()).len(), 11);
}

#[test]
fn what_editors_systems_and_profilers_leave_is_not_of_the_repository() {
    let folder = with_our_rules(&[
        "crates/.DS_Store",
        "crates/._lib.rs",
        "crates/build/#lib.rs#",
        "crates/build/.lib.rs.swp",
        "crates/build/default_123_0.profraw",
        "crates/build/lib.rs",
        "crates/build/lib.rs.orig",
        "crates/build/lib.rs~",
        "crates/build/target/debug/lib.rs",
    ]);
    #[cfg(unix)]
    {
        for (link, leads_to) in [
            ("crates/build/.#lib.rs", "me@here.1234"),
            ("crates/build/gone.rs", "nowhere.rs"),
            ("crates/build/again", "."),
        ] {
            std::os::unix::fs::symlink(
                leads_to,
                folder.path().join(link),
            )
            .expect("a link");
        }
    }
    let expected = [".gitignore", "crates/build/lib.rs"];
    assert_eq!(files(folder.path()), expected);
}

/// A worktree and a submodule have a file of that name.
#[test]
fn git_needs_not_be_there_and_its_folder_does_not_count() {
    let folder = with_our_rules(&["Makefile"]);
    let without = files(folder.path());
    write(folder.path(), ".git", "gitdir: ../nowhere\n");
    assert_eq!(files(folder.path()), without);
    fs::remove_file(folder.path().join(".git")).expect("a file");
    write(folder.path(), ".git/info/exclude", "Makefile\n");
    write(folder.path(), ".git/HEAD", "ref: refs/heads/main\n");
    assert_eq!(files(folder.path()), without);
}

/// `git init` of somebody's home is no rule for what is below.
#[test]
fn a_repository_around_this_one_hides_nothing() {
    let around = folder_with(&[".git/HEAD"]);
    for name in [".gitignore", ".ignore"] {
        write(around.path(), name, "*\n");
    }
    write(around.path(), "ours/.gitignore", "target\n");
    write(around.path(), "ours/Makefile", "all:\n");
    let ours = files(&around.path().join("ours"));
    assert_eq!(ours, [".gitignore", "Makefile"]);
}

#[test]
fn the_program_lists_the_same_files_and_each_rule_names_some() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let found = files(&root);
    let program = Command::new(env!("CARGO_BIN_EXE_preflight"))
        .arg("--files")
        .output()
        .expect("it was built");
    let printed = String::from_utf8(program.stdout).expect("UTF-8");
    let printed: Vec<_> = printed.split_terminator('\0').collect();
    assert_eq!(printed, found);

    let rules = include_str!("../../.gitignore").lines();
    let names: Vec<_> =
        rules.filter_map(|rule| rule.strip_prefix("!/")).collect();
    assert_eq!(unused(&names, &found), [""; 0]);
    assert_eq!(unused(&["stage", "sta"], &found), ["sta"]);
}

/// A merge may bring a name at the top that is not in `.gitignore`.
#[test]
fn no_file_that_git_has_is_left_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let Some(missing) = left_out(&root) else {
        return println!("skipped: git has nothing here");
    };
    assert_eq!(missing, [""; 0], "name them in .gitignore");

    let folder = with_our_rules(&["Makefile", "deny.toml"]);
    git(folder.path(), &["init", "--quiet"]).expect("a repository");
    git(folder.path(), &["add", "--force", "."]).expect("an index");
    assert_eq!(left_out(folder.path()).expect("it has"), ["deny.toml"]);
}

/// The files that git has and the list lacks, if git has any.
fn left_out(root: &Path) -> Option<Vec<String>> {
    let listed = files(root);
    let known = git(root, &["ls-files", "-z"])?;
    let known = known.split_terminator('\0').map(str::to_owned);
    let known: Vec<_> =
        known.filter(|file| root.join(file).is_file()).collect();
    let is_missing = |file: &String| !listed.contains(file);
    (!known.is_empty())
        .then(|| known.into_iter().filter(is_missing).collect())
}

/// What git prints, if it is there and content.
fn git(folder: &Path, words: &[&str]) -> Option<String> {
    let mut git = Command::new("git");
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("GIT_") {
            git.env_remove(name);
        }
    }
    let output = git.current_dir(folder).args(words).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then_some(text)
}

/// The names at the top that no file has.
fn unused<'a>(names: &[&'a str], files: &[String]) -> Vec<&'a str> {
    let is_used = |name: &&str| {
        files.iter().any(|file| file.split('/').next() == Some(name))
    };
    names.iter().copied().filter(|name| !is_used(name)).collect()
}
