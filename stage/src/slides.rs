//! The slides of a deck, read without Marp.

use std::ops::Range;

use pulldown_cmark::{
    Event, HeadingLevel, Options, Parser, Tag, TagEnd,
};

use crate::fences::{fences, transcript};
use crate::note::Note;

/// One slide, as far as anybody here needs it.
#[derive(Debug, Default)]
pub struct Slide {
    /// Its page, counted from 1.
    pub number: usize,
    /// All of its Markdown, with the note.
    pub text: String,
    /// Its first-level heading.
    pub chapter: String,
    /// Its second-level heading, empty if it has none.
    pub headline: String,
    /// The commands on it, each with the output below it.
    pub terminal: Vec<(String, String)>,
    pub note: Note,
}

/// Reads a deck; `file` is the name that mistakes begin with.
///
/// # Errors
/// All mistakes, each with its file and line: a slide without a note, a
/// note that does not start with its minutes, a line in it that is no
/// prompt.
pub fn read(file: &str, text: &str) -> Result<Vec<Slide>, Vec<String>> {
    let mut mistakes = Vec::new();
    let mut slides = Vec::new();
    let fences = fences(text);
    for (number, range) in (1..).zip(ranges(text)) {
        let mut slide = Slide {
            number,
            text: text[range.clone()].to_owned(),
            ..Slide::default()
        };
        let line = |at| 1 + text[..at].matches('\n').count();
        match note(text, &range) {
            None => mistakes.push(format!(
                "{file}:{}: slide {number} has no note",
                line(range.start),
            )),
            Some(body) => match Note::read(&text[body.clone()]) {
                Ok(note) => slide.note = note,
                Err((below, reason)) => {
                    let line = line(body.start) + below;
                    mistakes.push(format!("{file}:{line}: {reason}"));
                }
            },
        }
        slide.read_headings(&text[range.clone()]);
        for (info, body) in &fences {
            let is_terminal = info.split(' ').next() == Some("console");
            if is_terminal && range.contains(&body.start) {
                slide.terminal.extend(transcript(&text[body.clone()]));
            }
        }
        slides.push(slide);
    }
    if mistakes.is_empty() { Ok(slides) } else { Err(mistakes) }
}

/// Where each slide is, without the front matter and the breaks.
fn ranges(text: &str) -> Vec<Range<usize>> {
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut start = 0;
    let mut found = Vec::new();
    for (event, range) in
        Parser::new_ext(text, options).into_offset_iter()
    {
        match event {
            Event::End(TagEnd::MetadataBlock(_)) => start = range.end,
            Event::Rule => {
                found.push(start..range.start);
                start = range.end;
            }
            _ => {}
        }
    }
    found.push(start..text.len());
    found
}

/// Where the text of the slide's note is: the comment that begins with a
/// line of its own, as a directive of Marp does not.
fn note(text: &str, slide: &Range<usize>) -> Option<Range<usize>> {
    let (open, close) = ("\n<!--\n", "\n-->");
    let start = slide.start + text[slide.clone()].rfind(open)?;
    let start = start + open.len();
    let end = start + text[start..slide.end].find(close)?;
    Some(start..end)
}

impl Slide {
    /// What it is called: by its headline, or else by its chapter.
    pub fn title(&self) -> &str {
        match &*self.headline {
            "" => &self.chapter,
            headline => headline,
        }
    }

    fn read_headings(&mut self, text: &str) {
        let mut inside = None;
        for event in Parser::new(text) {
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    inside = Some(level);
                }
                Event::End(TagEnd::Heading(_)) => inside = None,
                Event::Text(part) | Event::Code(part) => match inside {
                    Some(HeadingLevel::H1) => self.chapter += &part,
                    Some(HeadingLevel::H2) => self.headline += &part,
                    _ => {}
                },
                _ => {}
            }
        }
    }
}
