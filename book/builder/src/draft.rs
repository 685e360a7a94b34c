//! The chapters of a book as mdBook gets them: checked, and with the
//! output of their commands in place.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

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
        kept: &mut Kept,
    ) -> anyhow::Result<Result<Draft, Vec<Mistake>>> {
        let book = root.join(&config.book.src);
        let repository = Repository::of(root, config);
        let mut mistakes = Vec::new();
        let mut chapters = HashMap::new();
        let mut places = Vec::new();
        for source in summary::chapters(root, config, &mut mistakes)? {
            let file = mistake::shown(root, &source);
            let Ok(text) = fs::read_to_string(&source) else {
                let what = "not UTF-8 text; save it as UTF-8";
                mistakes.push(Mistake::of_file(&file, what));
                continue;
            };
            let text = text.trim_start_matches('\u{feff}');
            let mut report = |line, what: String| {
                mistakes.push(Mistake::new(&file, line, what));
            };
            for place in link::check(&source, text, &book, &mut report)
            {
                places.push((file.clone(), place));
            }
            let mut chapter = chapter::expand(
                &source,
                text,
                &repository,
                kept,
                &mut report,
            );
            for place in contents::add(&source, &mut chapter) {
                places.push((file.clone(), place));
            }
            chapters.insert(source, chapter);
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
