//! The fences of a Markdown file, and the terminal that some show.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

/// The info string of each fence, and where its body is.
pub fn fences(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    for (event, range) in Parser::new(text).into_offset_iter() {
        let Event::Start(Tag::CodeBlock(kind)) = event else {
            continue;
        };
        let CodeBlockKind::Fenced(info) = kind else {
            continue;
        };
        let block = &text[range.clone()];
        let first = block.find('\n').map_or(block.len(), |at| at + 1);
        let last = block.trim_end().rfind('\n').map_or(0, |at| at + 1);
        let body = range.start + first..range.start + last.max(first);
        found.push((info.to_string(), body));
    }
    found
}

/// The commands of a console fence, each with what is shown below it.
/// A command begins with `$ `; if it ends with a backslash, it goes on
/// in the next line.
pub fn transcript(body: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut lines = body.lines();
    while let Some(line) = lines.next() {
        let Some(first) = line.strip_prefix("$ ") else {
            if let Some((_, output)) = found.last_mut() {
                *output += &format!("{line}\n");
            }
            continue;
        };
        let mut command = first.to_owned();
        while command.ends_with('\\')
            && let Some(line) = lines.next()
        {
            command += &format!("\n{line}");
        }
        found.push((command, String::new()));
    }
    found
}

/// The first line in which what is shown is not what is real.
pub fn difference(shown: &str, real: &str) -> String {
    let mut real = real.lines();
    for line in shown.lines() {
        let next = real.next();
        if next != Some(line) {
            let next = next.unwrap_or("(nothing more)");
            return format!("  shown: {line}\n  real:  {next}");
        }
    }
    let next = real.next().unwrap_or_default();
    format!("  shown: (nothing more)\n  real:  {next}")
}
