//! The files that belong to the repository. Its own `.gitignore` says
//! which they are, so the answer is the same in a clone, in a worktree
//! and in an unpacked archive, with git installed or not.

use std::fs;
use std::path::Path;

use ignore::WalkBuilder;

/// The files of the repository at this root, as paths from there with
/// slashes, sorted.
///
/// What a person has told git elsewhere counts for nothing: neither their
/// `core.excludesFile` nor the rules of a repository around this one.
/// Links and pipes are left out, and so is a name that is not UTF-8.
pub fn files(root: &Path) -> Vec<String> {
    let mut walk = WalkBuilder::new(root);
    walk.standard_filters(false).git_ignore(true).require_git(false);
    // A folder, or in a worktree a file.
    walk.filter_entry(|entry| entry.file_name() != ".git");
    let mut files: Vec<_> = walk
        .build()
        .flatten()
        .filter(|entry| {
            entry.file_type().is_some_and(|kind| kind.is_file())
        })
        .filter_map(|entry| {
            let path = entry.path().strip_prefix(root).ok()?;
            Some(path.to_str()?.replace('\\', "/"))
        })
        .collect();
    files.sort();
    files
}

/// How many lines in the Rust files below a folder of the repository are
/// neither blank nor only a comment.
pub fn lines_of_code(root: &Path, folder: &str) -> usize {
    let below = format!("{folder}/");
    let files = files(root).into_iter().filter(|file| {
        file.starts_with(&below) && file.ends_with(".rs")
    });
    let text = |file| fs::read_to_string(root.join(file));
    let is_code = |line: &&str| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with("//")
    };
    files
        .filter_map(|file| text(file).ok())
        .map(|text| text.lines().filter(is_code).count())
        .sum()
}
