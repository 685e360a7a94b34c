//! The name of the file above each listing, taken from the directive
//! that includes it, so nobody types it and it is always right.
//!
//! Where the repository's address is known, the name is a link.

use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

use mdbook::Config;
use regex::Regex;

use crate::address;

/// The directive of a listing, from the first column.
static LISTING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\{\{#include\s+([^\s:}]+)").unwrap()
});
/// What a tutorial has above a listing that the reader types into a
/// file of their own.
static TYPED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:Write this to|This is|Change) `[^`]+`:$").unwrap()
});

/// Where the files of the repository are, on the disk and on the web.
pub struct Repository {
    book: PathBuf,
    address: Option<String>,
}

impl Repository {
    /// That of a book, whose folder is at the top of the repository.
    pub fn of(root: &Path, config: &Config) -> Repository {
        let address = config
            .get(address::URL)
            .and_then(|url| url.as_str())
            .map(escape);
        Repository { book: root.to_owned(), address }
    }

    /// The lines to put above a fence, whose first line `next` is.
    /// `above` is the last line of text before it.
    pub fn caption(
        &self,
        folder: &Path,
        above: &str,
        next: &str,
    ) -> Option<String> {
        let file = LISTING.captures(next)?.get(1)?.as_str();
        if TYPED.is_match(above) {
            return None;
        }
        let path = normal(&folder.join(file));
        let top = self.book.parent().unwrap_or(&self.book);
        let name = path
            .strip_prefix(&self.book)
            .or_else(|_| path.strip_prefix(top))
            .ok()?;
        let names: Vec<_> =
            name.iter().map(|name| name.to_string_lossy()).collect();
        let name = escape(&names.join("/"));
        let shown = match &self.address {
            Some(address) => format!(
                "<a href=\"{address}/blob/main/{name}\">{name}</a>"
            ),
            None => name,
        };
        Some(format!("<p class=\"file\">{shown}</p>\n\n"))
    }
}

/// The text as HTML, between quotes as well.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// The path without `..`, which all lead up from a folder here.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(normal.pop()),
            Component::CurDir => {}
            part => normal.push(part),
        }
    }
    normal
}
