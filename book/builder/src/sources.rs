//! What a book is made of: its chapters, its settings, and the files
//! that these name.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use mdbook::Config;

use crate::builder::Builder;
use crate::include;

/// When each file was written, and its size; nothing if it is missing.
pub type Stamps = BTreeMap<PathBuf, Option<(SystemTime, u64)>>;

pub struct Sources {
    pub config: Config,
    /// The folder of the chapters.
    pub book: PathBuf,
    /// That folder, and others of which all files count.
    pub folders: Vec<PathBuf>,
    /// Files that lie anywhere.
    pub files: Vec<PathBuf>,
    pub stamps: Stamps,
}

impl Sources {
    /// Looks twice, since an author may save a file meanwhile: then the
    /// names would be from before, and the times from after.
    pub fn of(builder: &Builder) -> Sources {
        let mut sources = Sources::look(builder);
        loop {
            let again = Sources::look(builder);
            if again.stamps == sources.stamps {
                return again;
            }
            sources = again;
        }
    }

    fn look(builder: &Builder) -> Sources {
        let root = &builder.root;
        // Settings with a mistake are reported by the build.
        let config = builder.config().unwrap_or_default();
        let book = root.join(&config.book.src);
        let mut folders = vec![book.clone()];
        let mut files = vec![root.join("book.toml")];
        for path in &config.build.extra_watch_dirs {
            let path = root.join(path);
            let list =
                if path.is_dir() { &mut folders } else { &mut files };
            list.push(path);
        }
        if let Some(html) = config.html_config() {
            let own =
                html.additional_css.iter().chain(&html.additional_js);
            files.extend(own.map(|path| root.join(path)));
        }
        for chapter in walk(&book).iter().filter(|p| is_markdown(p)) {
            let text = fs::read_to_string(chapter).unwrap_or_default();
            let folder = chapter.parent().unwrap_or(&book);
            files.extend(include::files(&text, folder));
        }

        let all = folders.iter().flat_map(|folder| walk(folder));
        let stamps = all
            .chain(files.iter().cloned())
            .map(|path| (path.clone(), stamp(&path)))
            .collect();
        Sources { config, book, folders, files, stamps }
    }

    /// The files that are new, gone, or other than they were.
    pub fn changed_since(&self, before: &Stamps) -> Vec<PathBuf> {
        let now = &self.stamps;
        let gone = before.keys().filter(|p| !now.contains_key(*p));
        let other = now
            .iter()
            .filter(|(path, stamp)| before.get(*path) != Some(stamp))
            .map(|(path, _)| path);
        gone.chain(other).cloned().collect()
    }

    pub fn is_chapter(&self, path: &Path) -> bool {
        is_markdown(path) && path.starts_with(&self.book)
    }
}

fn stamp(path: &Path) -> Option<(SystemTime, u64)> {
    let about = fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

/// The files below a folder, without hidden ones and what Cargo builds.
fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_hidden = name.to_string_lossy().starts_with('.');
        let path = entry.path();
        if is_hidden || name == "target" {
            continue;
        } else if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            found.extend(walk(&path));
        } else {
            found.push(path);
        }
    }
    found
}

fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "md")
}
