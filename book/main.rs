//! Builds the book with mdBook and mdbook-cmdrun, as libraries.
//!
//! The pair is silent about most mistakes: a command that fails, a
//! file that is gone, an empty anchor. This builder reports them all,
//! each with its file and line, and then builds nothing. `summary`,
//! `chapter` and `link` look for mistakes, `output` writes the pages,
//! and `watch` does it all again when a file changes.

mod builder;
mod chapter;
mod command;
mod complaints;
mod environment;
mod fence;
mod include;
mod kept;
mod link;
mod mistake;
mod output;
mod sources;
mod summary;
mod transcript;
mod watch;

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use builder::Builder;

const USAGE: &str = "\
usage: book [DIR] [--dest-dir DIR] [--watch COMMAND]

Builds the book that lies in DIR. A book with mistakes is not built.

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
    let Some(arguments) = arguments(&words) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let own = || env!("CARGO_MANIFEST_DIR").into();
    let root = arguments.root.unwrap_or_else(own);

    let done = Builder::new(&root, arguments.destination).and_then(
        |mut builder| match arguments.watch {
            Some(command) => watch::watch(&mut builder, &command),
            None => builder.build(),
        },
    );
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

fn arguments(words: &[String]) -> Option<Arguments> {
    let mut asked = Arguments::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let is_new = if word == "--dest-dir" {
            let folder = PathBuf::from(words.next()?);
            asked.destination.replace(folder).is_none()
        } else if word == "--watch" {
            let command = words.next()?.clone();
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
