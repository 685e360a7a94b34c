//! A list of contents for long pages: the headings of the second level,
//! above the first of them.

use std::collections::HashMap;
use std::path::Path;

use mdbook::utils::unique_id_from_content;

use crate::fence::Fence;
use crate::link::Place;

/// A page with fewer headings needs no list.
const MANY: usize = 5;

/// What each page ends with.
const LAST: &str = "Try it";

/// Adds a list of contents if the page is long enough to need one. Returns
/// the places that it links to.
pub fn add(source: &Path, page: &mut String) -> Vec<Place> {
    let text = page.clone();
    let headings = headings(&text);
    let listed: Vec<_> =
        headings.iter().filter(|it| it.text != LAST).collect();
    if listed.len() < MANY {
        return Vec::new();
    }
    let mut list = String::from(
        "<nav class=\"contents\" aria-label=\"On this page\">\n\n",
    );
    for heading in &listed {
        let Heading { text, id, .. } = heading;
        list.push_str(&format!("- [{text}](#{id})\n"));
    }
    list.push_str("\n</nav>\n\n");
    page.insert_str(headings[0].start, &list);
    let place = |heading: &Heading| Place {
        line: heading.line,
        chapter: source.to_owned(),
        name: heading.id.clone(),
    };
    listed.into_iter().map(place).collect()
}

struct Heading<'a> {
    text: &'a str,
    /// As mdBook makes it.
    id: String,
    line: usize,
    /// Where its line begins.
    start: usize,
}

/// The headings of the second level, in the page's order.
fn headings(text: &str) -> Vec<Heading<'_>> {
    let mut found = Vec::new();
    let mut ids = HashMap::new();
    let mut fence: Option<Fence> = None;
    let mut start = 0;
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        match &fence {
            Some(open) if open.is_closed_by(line) => fence = None,
            Some(_) => {}
            None => fence = Fence::open(line.trim_end(), number),
        }
        let marks = line.len() - line.trim_start_matches('#').len();
        let rest = line[marks..].trim();
        if fence.is_none()
            && (1..=6).contains(&marks)
            && line[marks..].starts_with(' ')
        {
            // Each heading of the page counts, of whatever level.
            let id = unique_id_from_content(rest, &mut ids);
            if marks == 2 {
                found.push(Heading {
                    text: rest,
                    id,
                    line: number,
                    start,
                });
            }
        }
        start += line.len();
    }
    found
}
