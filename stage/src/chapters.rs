//! Which pages of the book belong to which slide: those that its
//! `Handout` lines link to, by their headings.

use std::fs;
use std::path::Path;

use crate::slides::Slide;

/// The page that stands for the whole book.
const BOOK: &str = "book/index.html";

/// A Markdown table with a row for each slide.
///
/// `book` is the folder of the pages, to which the table belongs.
///
/// # Errors
/// A link that leads to no page of the book, or that is not called by the
/// heading of its page.
pub fn chapters(
    slides: &[Slide],
    book: &Path,
) -> Result<String, Vec<String>> {
    let mut table = "| slide | | in this book |\n|-:|-|-|\n".to_owned();
    let mut mistakes = Vec::new();
    for slide in slides {
        let Slide { number, note, .. } = slide;
        let title = slide.title();
        let mut pages = Vec::new();
        let links = note.handout.iter().flat_map(|line| links(line));
        for (name, target) in links.filter(|(_, page)| *page != BOOK) {
            match page(name, target, book) {
                Ok(page) => pages.push(page),
                Err(what) => {
                    mistakes.push(format!("slide {number}: {what}"));
                }
            }
        }
        let pages = pages.join(", ");
        table += &format!("| {number} | {title} | {pages} |\n");
    }
    if mistakes.is_empty() { Ok(table) } else { Err(mistakes) }
}

/// The link to a page of the book, from another page of it.
fn page(
    name: &str,
    target: &str,
    book: &Path,
) -> Result<String, String> {
    let page = target.strip_prefix("book/");
    let page = page.and_then(|page| page.strip_suffix(".html"));
    let text = page.map(|page| {
        fs::read_to_string(book.join(format!("{page}.md")))
    });
    let (Some(page), Some(Ok(text))) = (page, text) else {
        return Err(format!("no page of the book: {target}"));
    };
    let first = text.lines().next().unwrap_or_default();
    match first.strip_prefix("# ") {
        Some(heading) if heading == name => {
            Ok(format!("[{name}]({page}.md)"))
        }
        _ => Err(format!(
            "the link `{name}` leads to a page with another heading: \
             {first}"
        )),
    }
}

/// Name and target of each link in a line of Markdown.
fn links(line: &str) -> Vec<(&str, &str)> {
    let parts = line.split("](").collect::<Vec<_>>();
    let pairs = parts.windows(2).filter_map(|pair| {
        let name = pair[0].rsplit_once('[')?.1;
        Some((name, pair[1].split_once(')')?.0))
    });
    pairs.collect()
}
