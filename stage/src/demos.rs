//! The page with the output of every demo: the fallback for one that fails
//! on stage. It needs neither a network nor the examples.

use std::fmt::Write;

use crate::slides::Slide;
use crate::steps::{Ended, Step, steps};
use crate::timetable::clock;

/// What came of a demo, and whether that is what the talk promises.
pub type Outcome = (Ended, Result<(), String>);

/// The page for these slides and what came of their steps, in order.
///
/// # Errors
/// The first demo whose outcome is missing.
pub fn demos(
    slides: &[Slide],
    outcomes: &[Outcome],
) -> Result<String, String> {
    let mut index = String::new();
    let mut sections = String::new();
    let mut digits = '1'..='9';
    let mut letters = 'a'..='z';
    for (at, step) in steps(slides).iter().enumerate() {
        let Step { slide, command, is_optional, .. } = step;
        let outcome = outcomes.get(at).ok_or(format!(
            "slide {slide}: {command}: has no output"
        ))?;
        let before = &slides[..*slide - 1];
        let begin = before.iter().map(|s| s.note.seconds).sum();
        let slide = &slides[*slide - 1];
        let (kind, key) = match is_optional {
            true => ("optional", letters.next()),
            false => ("typed", digits.next()),
        };
        let demo = Demo {
            number: at + 1,
            kind,
            key: key.map(String::from).unwrap_or_default(),
            begin: clock(begin).trim_start().to_owned(),
            slide,
            command,
        };
        index += &demo.line(outcome);
        sections += &demo.section(outcome);
    }
    Ok(include_str!("demos.html")
        .replace("<!-- index -->", &index)
        .replace("<!-- demos -->", &sections))
}

/// One demo, as far as it is known before it is run.
struct Demo<'a> {
    number: usize,
    kind: &'static str,
    /// What to press for it, if there are keys enough.
    key: String,
    begin: String,
    slide: &'a Slide,
    command: &'a str,
}

impl Demo<'_> {
    /// Its line of the index. For an optional demo there is no time.
    fn line(&self, (_, check): &Outcome) -> String {
        let Self { number, kind, key, begin, slide, command } = self;
        let when = match (check, *kind) {
            (Err(_), _) => "<b>failed</b>",
            (_, "optional") => kind,
            _ => begin,
        };
        let first = command.lines().next().unwrap_or_default();
        format!(
            "<li class=\"{kind}\"><a href=\"#demo-{number}\">\
             <kbd>{key}</kbd> <span>{when}</span> \
             <span>slide {}</span> <code>{}</code></a></li>\n",
            slide.number,
            escape(first),
        )
    }

    /// The demo as a terminal would show it.
    fn section(&self, (ended, check): &Outcome) -> String {
        let Self { number, kind, key, begin, slide, command } = self;
        let title = match &*slide.headline {
            "" => &slide.chapter,
            headline => headline,
        };
        let optional = match *kind {
            "optional" => ", optional",
            _ => "",
        };
        let mut text = format!(
            "<section id=\"demo-{number}\" class=\"{kind}\" \
             data-key=\"{key}\" tabindex=\"-1\" \
             aria-labelledby=\"title-{number}\">\n\
             <h2 id=\"title-{number}\"><kbd>{key}</kbd> {}</h2>\n\
             <p>Slide {}, from {begin}{optional}</p>\n",
            escape(title),
            slide.number,
        );
        if let Err(reason) = check {
            let reason =
                reason.strip_suffix(&ended.output).unwrap_or(reason);
            let lines: Vec<_> = reason.lines().map(str::trim).collect();
            let lines = lines.join("; ");
            let lines = escape(lines.trim_end_matches(", but"));
            let _ = writeln!(text, "<p class=\"failed\">{lines}</p>");
        }
        let how = match ended.code {
            Some(0) if ended.output.is_empty() => "no output".into(),
            Some(0) => String::new(),
            _ => ended.how(),
        };
        let _ = write!(
            text,
            "<pre><b>$ {}</b>\n{}<i>{how}</i></pre>\n</section>\n",
            escape(command),
            escape(&ended.output),
        );
        text
    }
}

/// Text as HTML, in which nothing is a tag or a control character.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\n' | '\t' => escaped.push(character),
            _ if character.is_control() => {
                escaped.extend(character.escape_default());
            }
            _ => escaped.push(character),
        }
    }
    escaped
}
