//! The chapters of a book as mdBook gets them: checked, and with the
//! output of their commands in place.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;

use anyhow::ensure;
use mdbook::Config;
use mdbook::book::{Book, BookItem};

use crate::caption::Repository;
use crate::kept::Kept;
use crate::link::{self, Place};
use crate::mistake::{self, Mistake};
use crate::{chapter, contents, summary};

pub struct Draft {
    /// Each chapter's text by its file.
    chapters: HashMap<PathBuf, String>,
    /// The places that chapters link to, each with the linking file.
    pub places: Vec<(String, Place)>,
}

impl Draft {
    /// Reads the chapters and runs their commands. Returns the mistakes
    /// instead if there are any, in the order of files and lines.
    pub fn of(
        root: &Path,
        config: &Config,
        kept: &Kept,
    ) -> anyhow::Result<Result<Draft, Vec<Mistake>>> {
        let book = root.join(&config.book.src);
        let repository = Repository::of(root, config);
        let mut mistakes = Vec::new();
        let sources = summary::chapters(root, config, &mut mistakes)?;
        let pages = side_by_side(&sources, |source| {
            let file = mistake::shown(root, source);
            Page::of(source, &file, &book, &repository, kept)
        });
        let mut chapters = HashMap::new();
        let mut places = Vec::new();
        for (source, page) in sources.into_iter().zip(pages) {
            mistakes.extend(page.mistakes);
            places.extend(page.places);
            chapters.insert(source, page.text);
        }
        if mistakes.is_empty() {
            return Ok(Ok(Draft { chapters, places }));
        }
        mistakes.sort();
        Ok(Err(mistakes))
    }

    /// Puts the texts into a book that mdBook has loaded from the folder
    /// `source`.
    pub fn fill(
        &self,
        source: &Path,
        book: &mut Book,
    ) -> anyhow::Result<()> {
        let mut count = 0;
        book.for_each_mut(|item| {
            if let BookItem::Chapter(chapter) = item
                && let Some(path) = &chapter.source_path
                && let Some(text) =
                    self.chapters.get(&source.join(path))
            {
                chapter.content.clone_from(text);
                count += 1;
            }
        });
        // Unless the list of chapters has just been changed.
        let is_whole = count == self.chapters.len();
        ensure!(is_whole, "the chapters changed; build again");
        Ok(())
    }
}

/// What becomes of one chapter.
#[derive(Default)]
struct Page {
    text: String,
    places: Vec<(String, Place)>,
    mistakes: Vec<Mistake>,
}

impl Page {
    fn of(
        source: &Path,
        file: &str,
        book: &Path,
        repository: &Repository,
        kept: &Kept,
    ) -> Page {
        let mut page = Page::default();
        let Ok(text) = fs::read_to_string(source) else {
            let what = "not UTF-8 text; save it as UTF-8";
            page.mistakes.push(Mistake::of_file(file, what));
            return page;
        };
        let text = text.trim_start_matches('\u{feff}');
        let mut report = |line, what: String| {
            page.mistakes.push(Mistake::new(file, line, what));
        };
        let mut places = link::check(source, text, book, &mut report);
        page.text =
            chapter::expand(source, text, repository, kept, report);
        places.extend(contents::add(source, &mut page.text));
        let of_page = |place| (file.to_owned(), place);
        page.places = places.into_iter().map(of_page).collect();
        page
    }
}

/// What becomes of each of these, in their order. Several are made at
/// once: as many as there are processors, and one more, since some wait
/// for a command that waits itself.
fn side_by_side<T: Send + Sync>(
    sources: &[PathBuf],
    make: impl Fn(&Path) -> T + Sync,
) -> Vec<T> {
    let done: Vec<OnceLock<T>> =
        sources.iter().map(|_| OnceLock::new()).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        while let number = next.fetch_add(1, Relaxed)
            && let Some(source) = sources.get(number)
        {
            done[number].get_or_init(|| make(source));
        }
    };
    thread::scope(|scope| {
        for _ in
            0..thread::available_parallelism().map_or(1, usize::from)
        {
            scope.spawn(work);
        }
        work();
    });
    let made = done.into_iter().map(OnceLock::into_inner);
    made.map(|page| page.expect("each is made")).collect()
}
