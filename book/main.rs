//! Builds the book with mdBook and mdbook-cmdrun, as libraries.
//!
//! The pair is silent about most mistakes: a command that fails, a
//! file that is gone, an empty anchor. This builder reports them all,
//! each with its file and line, and then builds nothing. `summary`
//! and `chapter` look for mistakes, `output` writes the pages.

mod chapter;
mod command;
mod complaints;
mod environment;
mod fence;
mod include;
mod link;
mod mistake;
mod output;
mod summary;
mod transcript;

use std::collections::HashMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf, absolute};
use std::process::ExitCode;

use anyhow::{Context, bail};
use mdbook::Config;

use mistake::Mistake;

const USAGE: &str = "usage: book [DIR] [--dest-dir DIR]";

fn main() -> ExitCode {
    // SAFETY: `main` has just begun, so this is the only thread.
    unsafe { environment::clean() };

    let words: Vec<String> = env::args_os()
        .skip(1)
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    if words.iter().any(|word| word == "--help" || word == "-h") {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    let Some((root, destination)) = arguments(&words) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };

    match build(&root, destination) {
        Ok(mistakes) if mistakes.is_empty() => ExitCode::SUCCESS,
        Ok(mistakes) => {
            for mistake in &mistakes {
                eprintln!("{mistake}");
            }
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The book's root and, where one is asked for, its destination.
fn arguments(words: &[String]) -> Option<(PathBuf, Option<PathBuf>)> {
    let mut root = None;
    let mut destination = None;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if word == "--dest-dir" && destination.is_none() {
            destination = Some(PathBuf::from(words.next()?));
        } else if root.is_none() && !word.starts_with('-') {
            root = Some(PathBuf::from(word));
        } else {
            return None;
        }
    }
    let own = env!("CARGO_MANIFEST_DIR");
    Some((root.unwrap_or_else(|| own.into()), destination))
}

/// Builds the book at `root`, unless it has mistakes: then it returns
/// them, in the order of files and lines.
fn build(
    root: &Path,
    destination: Option<PathBuf>,
) -> anyhow::Result<Vec<Mistake>> {
    // Absolute, for the commands run in their chapter's folder.
    let root = absolute(root)?;
    complaints::collect();
    let settings = root.join("book.toml");
    if !settings.is_file() {
        bail!(
            "{}: does not exist; give the folder of a book",
            settings.display()
        );
    }
    let mut config = Config::from_disk(&settings)
        .with_context(|| format!("{}", settings.display()))?;
    // Or mdBook would run an external mdbook-cmdrun as well.
    if let Some(preprocessors) = config.get_mut("preprocessor")
        && let Some(preprocessors) = preprocessors.as_table_mut()
    {
        preprocessors.remove("cmdrun");
    }
    // Or mdBook would write the missing chapters into the sources.
    config.build.create_missing = false;
    // Or a page with Rust code would contact play.rust-lang.org.
    config.set("output.html.playground.runnable", false)?;

    let mut mistakes = Vec::new();
    let mut pages = HashMap::new();
    for source in summary::chapters(&root, &config, &mut mistakes)? {
        let Ok(content) = fs::read_to_string(&source) else {
            let file = mistake::shown(&root, &source);
            let what = "not UTF-8 text; save it as UTF-8";
            mistakes.push(Mistake::of_file(&file, what));
            continue;
        };
        let page =
            chapter::expand(&root, &source, &content, &mut mistakes);
        pages.insert(source, page);
    }

    mistakes.sort();
    if mistakes.is_empty() {
        let destination = match destination {
            Some(destination) => absolute(destination)?,
            None => root.join(&config.build.build_dir),
        };
        output::write(&root, config, pages, &destination)?;
    }
    Ok(mistakes)
}
