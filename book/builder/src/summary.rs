//! SUMMARY.md: each chapter it lists exists, and it lists each that
//! exists. mdBook would stop at the first that is missing, and say
//! nothing of the forgotten ones.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use mdbook::Config;
use mdbook::book::{SummaryItem, parse_summary};

use crate::mistake::{Mistake, shown};

/// The files of the chapters that exist, in the book's order.
pub fn chapters(
    root: &Path,
    config: &Config,
    mistakes: &mut Vec<Mistake>,
) -> anyhow::Result<Vec<PathBuf>> {
    let source = root.join(&config.book.src);
    let summary = source.join("SUMMARY.md");
    let file = shown(root, &summary);
    if !summary.is_file() {
        bail!("{file}: does not exist; list the chapters there");
    }
    let text =
        fs::read_to_string(&summary).with_context(|| file.clone())?;
    let listed = listed(&text).with_context(|| file.clone())?;

    let mut chapters: Vec<PathBuf> = Vec::new();
    for path in listed {
        let name = path.display();
        let chapter = source.join(&path);
        let is_file = chapter.is_file();
        if is_file && !chapters.contains(&chapter) {
            chapters.push(chapter);
            continue;
        }
        let link = format!("({name}");
        let line = text.lines().position(|line| line.contains(&link));
        let line = line.map_or(0, |index| index + 1);
        let what = if is_file {
            format!("`{name}` is listed twice; take one off the list")
        } else {
            format!(
                "the chapter `{name}` does not exist; write it, or \
                 take it off the list"
            )
        };
        mistakes.push(Mistake::new(&file, line, what));
    }

    let mut found = Files::default();
    found.walk(&source)?;
    for path in found.markdown {
        if !chapters.contains(&path) && path != summary {
            let what = format!("not in {file}; list the chapter there");
            mistakes.push(Mistake::of_file(&shown(root, &path), what));
        }
    }
    for path in found.dangling {
        let what = "leads nowhere, and mdBook stops at it; save the file \
                    that an editor keeps locked by it, or remove it";
        mistakes.push(Mistake::of_file(&shown(root, &path), what));
    }
    Ok(chapters)
}

/// The path of each chapter, nested ones too, drafts left out.
fn listed(text: &str) -> anyhow::Result<Vec<PathBuf>> {
    let summary = parse_summary(text)?;
    let mut items: VecDeque<SummaryItem> = summary
        .prefix_chapters
        .into_iter()
        .chain(summary.numbered_chapters)
        .chain(summary.suffix_chapters)
        .collect();
    let mut paths = Vec::new();
    while let Some(item) = items.pop_front() {
        if let SummaryItem::Link(link) = item {
            paths.extend(link.location);
            items.extend(link.nested_items);
        }
    }
    Ok(paths)
}

/// What is in a folder and in the folders below it.
#[derive(Default)]
struct Files {
    /// Without hidden ones, which are an editor's or the system's.
    markdown: Vec<PathBuf>,
    /// Links to nowhere, as Emacs makes one beside an unsaved file.
    dangling: Vec<PathBuf>,
}

impl Files {
    fn walk(&mut self, folder: &Path) -> anyhow::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let path = entry.path();
            if path.metadata().is_err() {
                self.dangling.push(path);
            } else if entry
                .file_name()
                .as_encoded_bytes()
                .starts_with(b".")
            {
                continue;
            } else if entry.file_type()?.is_dir() {
                self.walk(&path)?;
            } else if path.extension().is_some_and(|end| end == "md") {
                self.markdown.push(path);
            }
        }
        Ok(())
    }
}
