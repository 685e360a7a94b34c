//! A mistake in a book: where it is, what is wrong, and the cure.

use std::fmt;
use std::path::Path;

/// Sorts by file, then line; line 0 stands for the whole file.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    file: String,
    line: usize,
    what: String,
}

impl Mistake {
    /// A mistake in one line, counted from 1.
    pub fn new(
        file: &str,
        line: usize,
        what: impl Into<String>,
    ) -> Self {
        Mistake { file: file.to_owned(), line, what: what.into() }
    }

    /// A mistake of a file as a whole.
    pub fn of_file(file: &str, what: impl Into<String>) -> Self {
        Mistake::new(file, 0, what)
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self.line {
            0 => write!(out, "{}: {}", self.file, self.what),
            line => write!(out, "{}:{line}: {}", self.file, self.what),
        }
    }
}

/// Prints them as a compiler does.
pub fn print(mistakes: &[Mistake]) {
    for mistake in mistakes {
        eprintln!("{mistake}");
    }
}

/// `path` as messages show it: from the book's root, with slashes.
pub fn shown(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}
