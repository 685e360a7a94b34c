//! Builds the book with mdBook and mdbook-cmdrun, as libraries.
//!
//! The pair is silent about most mistakes: a command that fails, a
//! file that is gone, an empty anchor. This builder reports them all,
//! each with its file and line, and then builds nothing. `summary`,
//! `chapter` and `link` look for mistakes, `caption`, `contents` and
//! `address` add what nobody should type, `output` writes the pages, and
//! `watch` does it all again when a file changes. `preprocess` lends all
//! this to plain mdBook.

mod address;
mod builder;
mod caption;
mod chapter;
mod command;
mod complaints;
mod contents;
mod draft;
mod environment;
mod fence;
mod include;
mod kept;
mod link;
mod mistake;
mod output;
mod picture;
mod preprocess;
mod sources;
mod summary;
mod transcript;
mod watch;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use builder::Builder;
use mistake::Mistake;

const USAGE: &str = "\
usage: book [DIR] [--dest-dir DIR] [--watch COMMAND]
       book preprocess
       book supports RENDERER

Builds the book that lies in DIR. A book with mistakes is not built.
The two other forms are for mdBook, which calls a preprocessor so.

  --dest-dir DIR   where the pages go, if not where book.toml says
  --watch COMMAND  build again when a file changes; first run COMMAND,
                   unless only the text of chapters has changed";

/// What the command line asks for.
#[derive(Default)]
struct Arguments {
    root: Option<PathBuf>,
    destination: Option<PathBuf>,
    watch: Option<String>,
}

fn main() -> ExitCode {
    // SAFETY: `main` has just begun, so this is the only thread.
    unsafe { environment::clean() };
    complaints::collect();

    let words: Vec<String> = env::args_os()
        .skip(1)
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    if words.iter().any(|word| word == "--help" || word == "-h") {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["supports", renderer] => {
            return match preprocess::supports(renderer) {
                true => ExitCode::SUCCESS,
                false => ExitCode::FAILURE,
            };
        }
        ["preprocess"] => preprocess::run(),
        _ => match arguments(&words) {
            Some(arguments) => build(arguments),
            None => {
                eprintln!("{USAGE}");
                return ExitCode::from(2);
            }
        },
    };
    match done {
        Ok(mistakes) if mistakes.is_empty() => ExitCode::SUCCESS,
        Ok(mistakes) => {
            mistake::print(&mistakes);
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn build(arguments: Arguments) -> anyhow::Result<Vec<Mistake>> {
    // The book whose folder has this crate.
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = || crate_folder.parent().unwrap_or(crate_folder).into();
    let root = arguments.root.unwrap_or_else(own);
    let mut builder = Builder::new(&root, arguments.destination)?;
    match arguments.watch {
        Some(command) => watch::watch(&mut builder, &command),
        None => builder.build(),
    }
}

fn arguments(words: &[&str]) -> Option<Arguments> {
    let mut asked = Arguments::default();
    let mut words = words.iter();
    while let Some(&word) = words.next() {
        let is_new = if word == "--dest-dir" {
            let folder = PathBuf::from(words.next()?);
            asked.destination.replace(folder).is_none()
        } else if word == "--watch" {
            let command = (*words.next()?).to_owned();
            asked.watch.replace(command).is_none()
        } else {
            !word.starts_with('-')
                && asked.root.replace(PathBuf::from(word)).is_none()
        };
        if !is_new {
            return None;
        }
    }
    Some(asked)
}
