//! Compares the fences of a Markdown file with what they claim to show.
//!
//! A fence of code names its source in the info string, as in
//! `rust examples/01-basic/host/src/main.rs#load`: the file and the
//! anchor in it, or `*` for the whole file. A console fence has commands (`$ make example1`), each
//! followed by what it prints. Other fences are refused: nothing could
//! vouch for them. `UPDATE=1 cargo test` rewrites what is stale.

use std::fs;
use std::path::Path;

use preflight::fences::{difference, fences, transcript};
use preflight::script;

use crate::support::{Ended, root};
use crate::two_calls;
use crate::unix::sh;

/// Fails unless every fence of the file is as it should be.
pub fn check(file: &str) {
    let path = root().join(file);
    let text = fs::read_to_string(&path).expect("the file is there");
    let (fresh, mistakes) =
        compare(file, &text, &mut |_, info, body| {
            expected(info, body, &mut shell)
        });
    if std::env::var_os("UPDATE").is_some() && fresh != text {
        fs::write(&path, &fresh).expect("the file can be written");
        return check(file);
    }
    assert!(mistakes.is_empty(), "\n{}", mistakes.join("\n"));
}

/// The text with each fence as it should be, and all mistakes. What it
/// should be is found from the text above it, its info string and its
/// body.
pub fn compare(
    file: &str,
    text: &str,
    expect: &mut dyn FnMut(&str, &str, &str) -> Result<String, String>,
) -> (String, Vec<String>) {
    let mut fresh = String::new();
    let mut mistakes = Vec::new();
    let mut done = 0;
    for (info, body) in fences(text) {
        let above = &text[..body.start];
        let line = above.lines().count();
        let shown = &text[body.clone()];
        let expected =
            expect(above, &info, shown).unwrap_or_else(|reason| {
                mistakes.push(format!("{file}:{line}: {reason}"));
                shown.to_owned()
            });
        if expected != shown {
            mistakes.push(format!(
                "{file}:{line}: `{info}` is stale, UPDATE=1 cargo test \
                 rewrites it\n{}",
                difference(shown, &expected)
            ));
        }
        fresh += &text[done..body.start];
        fresh += &expected;
        done = body.end;
    }
    fresh += &text[done..];
    (fresh, mistakes)
}

/// What a fence of the deck or a README should be.
fn expected(
    info: &str,
    shown: &str,
    run: &mut dyn FnMut(&str) -> String,
) -> Result<String, String> {
    // Some of the lines matter most; the deck dims the others.
    let info = info.split(" {").next().unwrap_or_default();
    match info.split_once(' ') {
        Some((_, "libloading")) => two_calls::check(shown),
        None if info == "console" => Ok(replay(shown, run)),
        Some((_, source)) => region(root(), source),
        None => Err("this fence names no source".to_owned()),
    }
}

/// The commands of a console fence, each with what it prints now.
pub fn replay(
    shown: &str,
    run: &mut dyn FnMut(&str) -> String,
) -> String {
    transcript(shown)
        .into_iter()
        .map(|(command, _)| format!("$ {command}\n{}", run(&command)))
        .collect()
}

/// What a terminal would show of a command, run in the repository.
fn shell(command: &str) -> String {
    let Ended { code, out, .. } = sh(&script(command));
    assert_eq!(code, Some(0), "{command}: ends so\n{out}");
    out
}

/// The part of a file between `ANCHOR: name` and `ANCHOR_END: name`,
/// without the lines of anchors in it, moved to the left margin.
pub fn region(root: &Path, source: &str) -> Result<String, String> {
    let (file, anchor) = source.split_once('#').ok_or_else(|| {
        format!("{source}: names no anchor, write FILE#ANCHOR")
    })?;
    let text = fs::read_to_string(root.join(file))
        .map_err(|error| format!("{file}: {error}"))?;
    if anchor == "*" {
        return Ok(text);
    }
    let is = |line: &str, mark: &str| {
        line.split_whitespace().skip_while(|word| *word != mark).nth(1)
            == Some(anchor)
    };
    let mut lines = text.lines().skip_while(|l| !is(l, "ANCHOR:"));
    if lines.next().is_none()
        || !text.lines().any(|l| is(l, "ANCHOR_END:"))
    {
        return Err(format!("{file}: has no anchor {anchor}"));
    }
    let lines: Vec<_> = lines
        .take_while(|line| !is(line, "ANCHOR_END:"))
        .filter(|line| !line.contains(" ANCHOR"))
        .collect();
    // A slide has no room for the indentation that all lines share.
    let is_code = |line: &&&str| !line.trim().is_empty();
    let indentation = lines
        .iter()
        .filter(is_code)
        .map(|line| line.len() - line.trim_start().len())
        .min()
        .unwrap_or(0);
    Ok(lines
        .iter()
        .map(|line| line.get(indentation..).unwrap_or_default())
        .map(|line| format!("{line}\n"))
        .collect())
}

fn mistakes_of(text: &str) -> Vec<String> {
    refresh(text).1
}

fn refresh(text: &str) -> (String, Vec<String>) {
    compare("x.md", text, &mut |_, info, shown| {
        expected(info, shown, &mut |command| {
            format!("output of {command}\n")
        })
    })
}

/// A deck with one fence.
fn deck(info: &str, body: &str) -> String {
    format!("# How?\n\n```{info}\n{body}```\n\n---\n\n# Why?\n")
}

const SOURCE: &str = "rust examples/01-basic/plugin/src/lib.rs#add";

#[test]
fn code_that_is_that_of_its_source_is_accepted() {
    let code = region(root(), SOURCE.split_once(' ').unwrap().1);
    let text = deck(SOURCE, &code.unwrap());
    assert_eq!(mistakes_of(&text), Vec::<String>::new());
}

#[test]
fn one_changed_character_of_code_is_found_and_can_be_rewritten() {
    let code = region(root(), SOURCE.split_once(' ').unwrap().1);
    let good = deck(SOURCE, &code.unwrap());
    let bad = good.replace("wrapping_add", "wrapping_sub");
    assert_eq!(
        mistakes_of(&bad),
        [format!(
            "x.md:3: `{SOURCE}` is stale, UPDATE=1 cargo test rewrites \
             it\n  shown:     a.wrapping_sub(b)\n  real:      \
             a.wrapping_add(b)"
        )]
    );
    assert_eq!(refresh(&bad).0, good);
}

#[test]
fn one_changed_character_of_a_console_fence_is_found() {
    let good = deck("console", "$ make x\noutput of make x\n");
    assert_eq!(mistakes_of(&good), Vec::<String>::new());
    let bad = deck("console", "$ make x\noutput of make y\n");
    assert_eq!(
        mistakes_of(&bad),
        [
            "x.md:3: `console` is stale, UPDATE=1 cargo test rewrites it\n  \
          shown: output of make y\n  real:  output of make x"
        ]
    );
    let more = deck("console", "$ make x\noutput of make x\nmore\n");
    assert_eq!(mistakes_of(&more).len(), 1);
    let less = deck("console", "$ make x\n");
    assert_eq!(mistakes_of(&less).len(), 1);
}

#[test]
fn a_whole_file_can_be_shown() {
    let whole = "rust crates/host/tests/toy/plugin.rs#*";
    let code = region(root(), whole.split_once(' ').unwrap().1);
    let good = deck(whole, &code.unwrap());
    assert_eq!(mistakes_of(&good), Vec::<String>::new());
    let bad = good.replace("Assam", "Ceylon");
    assert_eq!(mistakes_of(&bad).len(), 1);
}

#[test]
fn code_from_inside_a_function_starts_at_the_left_margin() {
    let inside = "examples/02-registration/host/src/load.rs#commit";
    let code = region(root(), inside).expect("it is there");
    assert!(code.starts_with("let mut transaction"), "{code}");
    assert!(code.contains("\n    Outcome::Done => {\n"), "{code}");
}

#[test]
fn a_fence_that_nothing_vouches_for_is_refused() {
    for (info, reason) in [
        ("rust", "this fence names no source"),
        ("", "this fence names no source"),
        ("rust no/such/file.rs#x", "no/such/file.rs: No such file"),
        ("rust Cargo.toml#x", "Cargo.toml: has no anchor x"),
        ("rust Cargo.toml", "Cargo.toml: names no anchor"),
    ] {
        let mistakes = mistakes_of(&deck(info, "let x = 1;\n"));
        assert_eq!(mistakes.len(), 1, "{info}");
        let start = format!("x.md:3: {reason}");
        assert!(mistakes[0].starts_with(&start), "{}", mistakes[0]);
    }
}
