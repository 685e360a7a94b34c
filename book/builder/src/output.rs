//! Writes the pages beside the previous ones, and puts them in their
//! place once they are complete. A build that fails changes nothing.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use mdbook::{Config, MDBook};

use crate::complaints;
use crate::draft::Draft;
use crate::link::{self, Place};
use crate::mistake::Mistake;

/// Builds the book into `destination`, or returns the mistakes that only
/// the built pages show.
pub fn write(
    root: &Path,
    config: Config,
    draft: &Draft,
    destination: &Path,
) -> anyhow::Result<Vec<Mistake>> {
    check_replaceable(destination)?;
    let parent = destination.parent().context("no destination")?;
    fs::create_dir_all(parent)
        .with_context(|| format!("{}", parent.display()))?;
    // On the destination's own disk, and removed whatever happens.
    let staging = tempfile::Builder::new()
        .prefix(".book-")
        .tempdir_in(parent)
        .with_context(|| format!("{}", parent.display()))?;
    let (new, old) =
        (staging.path().join("new"), staging.path().join("old"));

    let lost = render(root, config, draft, &new)?;
    if !lost.is_empty() {
        return Ok(lost);
    }
    if destination.exists() {
        fs::rename(destination, &old)
            .with_context(|| format!("{}", destination.display()))?;
    }
    let moved = fs::rename(&new, destination);
    if moved.is_err() && old.exists() {
        // Better the old pages than none.
        fs::rename(&old, destination)?;
    }
    moved.with_context(|| format!("{}", destination.display()))?;
    Ok(lost)
}

/// Has mdBook build the book into the folder `pages`. Returns the places
/// that chapters link to and that no page has.
pub fn render(
    root: &Path,
    mut config: Config,
    draft: &Draft,
    pages: &Path,
) -> anyhow::Result<Vec<Mistake>> {
    config.build.build_dir = pages.to_owned();
    let source = root.join(&config.book.src);
    let mut book = MDBook::load_with_config(root, config)?;
    draft.fill(&source, &mut book.book)?;
    book.build()?;
    let complaints = complaints::take();
    if !complaints.is_empty() {
        bail!("mdBook warns:\n    {}", complaints.join("\n    "));
    }

    let lost = |(file, place): &(String, Place)| {
        let chapter = place.chapter.strip_prefix(&source).ok()?;
        let page = pages.join(chapter).with_extension("html");
        let what = link::check_place(place, &page)?;
        Some(Mistake::new(file, place.line, what))
    };
    let mut lost: Vec<_> =
        draft.places.iter().filter_map(lost).collect();
    lost.sort();
    Ok(lost)
}

/// The destination's old content is thrown away, so it has to be a book
/// (mdBook marks one with `.nojekyll`) or nothing.
fn check_replaceable(destination: &Path) -> anyhow::Result<()> {
    let is_taken = match fs::read_dir(destination) {
        Ok(mut entries) => entries.next().is_some(),
        Err(_) => destination.exists(),
    };
    if is_taken && !destination.join(".nojekyll").exists() {
        bail!(
            "{}: there are files that are not a book's; choose an \
             empty folder",
            destination.display()
        );
    }
    Ok(())
}
