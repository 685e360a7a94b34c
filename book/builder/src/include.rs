//! `{{#include FILE}}` and `{{#include FILE:ANCHOR}}`, checked before
//! mdBook puts the text in place.
//!
//! mdBook leaves what it does not know in the page, and puts nothing
//! where an anchor is missing. Other directives are refused, but for
//! `{{#title TEXT}}` and for an escaped `\{{#…}}`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use mdbook::utils::take_anchored_lines;
use regex::Regex;

use crate::command;

/// What mdBook takes for the beginning of a directive.
static BEGINNING: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\{\{\s*#").unwrap());
/// The same, with its name and, where it is complete, the rest.
static DIRECTIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\{\{\s*#([\w-]*)(?:\s+([^}]+)\}\})?").unwrap()
});
/// An include that fills its line, from the first column.
static ALONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\{\{\s*#include\s+[^}]+\}\}\s*$").unwrap()
});
/// An anchor's beginning or end, as mdBook finds it in a line.
static ANCHOR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"ANCHOR(_END)?:\s*([\w-]+)").unwrap());

/// Whether some text would be taken for a directive.
pub fn is_in(text: &str) -> bool {
    BEGINNING.is_match(text)
}

/// Whether the line is an include and nothing else.
pub fn is_alone(line: &str) -> bool {
    ALONE.is_match(line)
}

/// The files that a text includes, those that do not exist as well.
pub fn files(text: &str, folder: &Path) -> Vec<PathBuf> {
    DIRECTIVE
        .captures_iter(text)
        .filter(|found| &found[1] == "include")
        .filter_map(|found| found.get(2)?.as_str().split(':').next())
        .map(|file| folder.join(file.trim()))
        .collect()
}

/// The text that a line includes, or what is wrong with its directive.
pub fn find(
    line: &str,
    folder: &Path,
) -> Result<Option<String>, String> {
    let count = BEGINNING.find_iter(line).count();
    let Some(found) = DIRECTIVE.captures(line) else {
        return Ok(None);
    };
    if count > 1 {
        return Err("two {{#…}} directives on a line; give each its \
                    own line"
            .to_owned());
    }
    let start = found.get(0).unwrap().start();
    let directive = match line[start..].split_once("}}") {
        Some((directive, _)) => format!("{directive}}}}}"),
        None => line[start..].to_owned(),
    };
    if line[..start].ends_with('\\')
        && directive.starts_with("{{#")
        && directive.ends_with("}}")
    {
        return Ok(None);
    }
    let name = &found[1];
    if name != "include" && name != "title" {
        return Err(format!(
            "unknown directive `{directive}`; write {{{{#include \
             FILE}}}} or {{{{#include FILE:ANCHOR}}}}"
        ));
    }
    let argument = found.get(2).map_or("", |rest| rest.as_str().trim());
    let is_path = !argument.contains(char::is_whitespace);
    if argument.is_empty() || (name == "include" && !is_path) {
        return Err(format!(
            "malformed directive `{directive}`; write {{{{#{name} \
             …}}}}, with one argument and on one line"
        ));
    }
    if name == "title" {
        return Ok(None);
    }

    let text = read(argument, folder)?;
    if is_in(&text) || command::is_in(&text) {
        return Err(format!(
            "`{argument}` contains a directive itself, which would not \
             be checked; include text without one"
        ));
    }
    if text.lines().count() > 1 && !is_alone(line) {
        return Err(format!(
            "`{argument}` has more than one line, but only the first \
             would stand where the directive stands; begin it in the \
             first column of a line of its own"
        ));
    }
    Ok(Some(text))
}

/// The text of FILE, or of FILE:ANCHOR.
fn read(argument: &str, folder: &Path) -> Result<String, String> {
    let (file, anchor) = match argument.split_once(':') {
        Some((file, anchor)) => (file, Some(anchor)),
        None => (argument, None),
    };
    let path = folder.join(file);
    if !path.is_file() {
        return Err(format!(
            "the included file `{file}` does not exist; give its path \
             from the chapter's folder"
        ));
    }
    let text = fs::read_to_string(&path)
        .map_err(|error| format!("`{file}`: {error}"))?;
    let part = match anchor {
        Some(anchor) => region(&text, file, anchor)?,
        None if text.lines().any(|line| ANCHOR.is_match(line)) => {
            return Err(format!(
                "`{file}` would show its ANCHOR lines; include one of \
                 its anchors instead"
            ));
        }
        None => text,
    };
    if part.trim().is_empty() {
        return Err(format!(
            "`{argument}` is empty; include text that is there"
        ));
    }
    Ok(part)
}

/// The lines between `ANCHOR: name` and `ANCHOR_END: name`.
fn region(
    text: &str,
    file: &str,
    anchor: &str,
) -> Result<String, String> {
    let is_name = |c: char| c.is_alphanumeric() || "_-".contains(c);
    let is_number = anchor.parse::<usize>().is_ok();
    if anchor.is_empty() || is_number || !anchor.chars().all(is_name) {
        return Err(format!(
            "`{file}:{anchor}` includes by line number; mark the lines \
             with ANCHOR: NAME and ANCHOR_END: NAME and include \
             {file}:NAME"
        ));
    }
    // Whether each mark of this anchor, in the file's order, is an end.
    let marks: Vec<bool> = text
        .lines()
        .filter_map(|line| ANCHOR.captures(line))
        .filter(|mark| &mark[2] == anchor)
        .map(|mark| mark.get(1).is_some())
        .collect();
    if marks != [false, true] {
        return Err(format!(
            "`{file}` has no region `{anchor}`; mark it with one \
             ANCHOR: {anchor} and, below it, one ANCHOR_END: {anchor}"
        ));
    }
    Ok(take_anchored_lines(text, anchor))
}
