//! Links and images: each leads to a file of the book, or to an
//! address; nothing that a page shows comes from the network.
//!
//! Links are found by the parser that mdBook uses. A place within a page
//! (`#name`) is made by mdBook, so it is looked up once that is done.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use pulldown_cmark::{
    BrokenLink, Event, LinkType, Options, Parser, Tag,
};
use regex::Regex;

use crate::picture;

/// What decides whether some text is a link, as mdBook has it.
const OPTIONS: Options =
    Options::ENABLE_TABLES.union(Options::ENABLE_FOOTNOTES);

/// A target in a line of HTML, and whether it is shown by itself.
static TARGET: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"\b(href|src)=["']([^"']+)["']"#).unwrap()
});
/// An address: a scheme, or what takes the page's own.
static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:[A-Za-z][\w+.-]*:|//)").unwrap());
/// The name of a place in a built page.
static NAME: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"\sid="([^"]*)""#).unwrap());

/// A link to a place within a chapter.
pub struct Place {
    /// The line that has the link, counted from 1.
    pub line: usize,
    /// The chapter's file.
    pub chapter: PathBuf,
    pub name: String,
}

/// The places that a chapter links to; what is wrong with its other
/// links goes to `report`, with its line.
pub fn check(
    source: &Path,
    text: &str,
    book: &Path,
    mut report: impl FnMut(usize, String),
) -> Vec<Place> {
    let line_of = |at: usize| text[..at].matches('\n').count() + 1;
    let mut undefined = Vec::new();
    let note = |link: BrokenLink| {
        if matches!(
            link.link_type,
            LinkType::Reference | LinkType::Collapsed
        ) {
            let name = link.reference.into_string();
            undefined.push((line_of(link.span.start), name));
        }
        None
    };

    let mut places = Vec::new();
    let mut visit = |line, target: &str, is_shown| match check_target(
        source, target, book, is_shown,
    ) {
        Ok(None) => {}
        Ok(Some((chapter, name))) => {
            places.push(Place { line, chapter, name });
        }
        Err(what) => report(line, what),
    };
    let parser = Parser::new_with_broken_link_callback(
        text,
        OPTIONS,
        Some(note),
    );
    for (event, range) in parser.into_offset_iter() {
        let line = line_of(range.start);
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                visit(line, &dest_url, false);
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                visit(line, &dest_url, true);
            }
            Event::Html(html) if picture::is_one(&html) => {}
            Event::Html(html) | Event::InlineHtml(html) => {
                for target in TARGET.captures_iter(&html) {
                    visit(line, &target[2], &target[1] == "src");
                }
            }
            _ => {}
        }
    }
    for (line, name) in undefined {
        let what = format!(
            "the link to `[{name}]` has no address; write one as \
             `[{name}]: ADDRESS`"
        );
        report(line, what);
    }
    places
}

/// The place within a chapter that a target names, if it does.
fn check_target(
    source: &Path,
    target: &str,
    book: &Path,
    is_shown: bool,
) -> Result<Option<(PathBuf, String)>, String> {
    if ADDRESS.is_match(target) {
        if is_shown && !target.starts_with("data:") {
            return Err(format!(
                "`{target}` would be fetched from the network; put the \
                 file beside the chapter"
            ));
        }
        return Ok(None);
    }
    let (path, name) = target.split_once('#').unwrap_or((target, ""));
    let mut file = source.to_owned();
    if !path.is_empty() {
        file.set_file_name(path);
        check_file(path, &file, book)?;
    }
    let is_chapter = file.extension().is_some_and(|end| end == "md");
    Ok((is_chapter && !name.is_empty())
        .then(|| (file, name.to_owned())))
}

/// Only what lies in the book's folder is copied to its pages.
fn check_file(
    path: &str,
    file: &Path,
    book: &Path,
) -> Result<(), String> {
    let Ok(file) = file.canonicalize() else {
        return Err(format!(
            "the link to `{path}` leads nowhere; give the path from \
             the chapter's folder"
        ));
    };
    let book = book.canonicalize().map_err(|e| e.to_string())?;
    if path.starts_with('/') || !file.starts_with(book) {
        return Err(format!(
            "the link to `{path}` leads out of the book, and a reader \
             of its pages does not have the file; give its address"
        ));
    }
    Ok(())
}

/// What is wrong with a place, now that the pages are built: `page` is
/// that of its chapter.
pub fn check_place(place: &Place, page: &Path) -> Option<String> {
    let html = fs::read_to_string(page).unwrap_or_default();
    let mut names = NAME.captures_iter(&html);
    if names.any(|found| found[1] == place.name) {
        return None;
    }
    Some(format!(
        "the link to `#{}` leads nowhere: {} has no such heading; take \
         the name from the address of the page in a browser",
        place.name,
        place.chapter.file_name()?.to_string_lossy()
    ))
}
