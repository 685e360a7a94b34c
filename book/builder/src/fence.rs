//! Fenced code blocks: where they open and close, and what they hold.
//!
//! Line by line, as CommonMark has it: backticks or tildes, at least
//! three, closed by at least as many; in lists and quotes too. Code
//! that is indented without a fence is taken for text. So is a `shell`
//! fence: its commands change the repository, and a test runs them in a
//! copy (`tests/it/session.rs`).

use std::sync::LazyLock;

use regex::Regex;

/// Margin (indentation, quote signs, the sign of a list item), marker
/// and info string.
static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^([ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?)(`{3,}|~{3,})(.*)$",
    )
    .unwrap()
});

/// Languages that are compiled or run, so their code is included.
const CODE: &[&str] = &[
    "c",
    "dockerfile",
    "go",
    "make",
    "makefile",
    "rs",
    "rust",
    "toml",
];

/// An open fence.
pub struct Fence {
    /// The line that opens it, counted from 1.
    pub line: usize,
    /// The first word of the info string, in lower case.
    pub language: String,
    margin: usize,
    marker: String,
}

impl Fence {
    /// The fence that this line opens, outside of any other.
    pub fn open(text: &str, line: usize) -> Option<Fence> {
        let parts = OPENING.captures(text)?;
        let (marker, info) = (&parts[2], parts[3].trim());
        if marker.starts_with('`') && info.contains('`') {
            return None; // code within a line of text
        }
        let language = info.split([' ', '\t', ',', '{']).next();
        Some(Fence {
            line,
            language: language.unwrap_or("").to_lowercase(),
            margin: parts[1].len(),
            marker: marker.to_owned(),
        })
    }

    /// Whether this line closes the fence.
    pub fn is_closed_by(&self, text: &str) -> bool {
        let closing = content(text);
        let margin = text.trim_end().len() - closing.len();
        let rest = closing.trim_start_matches(&self.marker[..1]);
        rest.is_empty()
            && closing.len() >= self.marker.len()
            && margin <= self.margin + 3
    }

    /// Whether this line stands further left than the fence. In a list
    /// or a quote it would end the fence there and then.
    pub fn is_left_by(&self, text: &str) -> bool {
        let inside = content(text);
        let margin = text.trim_end().len() - inside.len();
        !inside.is_empty() && margin < self.margin
    }

    /// Whether it shows a terminal: commands and their output.
    pub fn is_console(&self) -> bool {
        self.language == "console"
    }

    /// Whether it shows code, which is included and never typed.
    pub fn is_code(&self) -> bool {
        CODE.contains(&self.language.as_str())
    }

    /// Why a line that is neither run nor included is refused: whoever
    /// types code or output can mistype it.
    pub fn refusal(&self) -> String {
        if self.is_console() {
            return "output typed by hand in a console fence; let <!-- \
                    cmdrun COMMAND --> print it, or make it a text fence"
                .to_owned();
        }
        format!(
            "code typed by hand in a {} fence; put it into a file and \
             {{{{#include FILE:ANCHOR}}}} it, or make it a text fence",
            self.language
        )
    }
}

/// A line without its indentation, quote signs and spaces at the end.
pub fn content(line: &str) -> &str {
    line.trim_start_matches([' ', '\t', '>']).trim_end()
}
