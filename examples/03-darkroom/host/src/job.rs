//! Develops one picture from its file to another, with progress on the
//! terminal.

use std::path::PathBuf;

use darkroom::develop::{Failure, develop};
use darkroom::filters::Filters;
use darkroom::picture;
use darkroom::steps::{Step, parse};
use darkroom::text::{print, say};
use indicatif::{ProgressBar, ProgressStyle};

use crate::watch::Changes;

/// What the user wants.
pub struct Job {
    pub input: PathBuf,
    pub output: PathBuf,
    pub steps: Vec<String>,
}

/// How a job ended. The job itself has printed what went wrong.
pub enum Ended {
    Done,
    Failed,
    Usage,
    Cancelled,
}

impl Job {
    /// Develops the picture and writes it.
    pub fn run(&self, filters: &Filters, changes: &Changes) -> Ended {
        let [input, output] =
            [&self.input, &self.output].map(|path| path.display());
        let mut steps = Vec::new();
        for text in &self.steps {
            match parse(text, filters) {
                Ok(step) => steps.push(step),
                Err(reason) => {
                    say(format_args!("{text}: {reason}"));
                    return Ended::Usage;
                }
            }
        }
        if let Err(error) = picture::target(&self.output) {
            say(format_args!("{output}: {error:#}"));
            return Ended::Failed;
        }
        let mut picture = match picture::read(&self.input) {
            Ok(picture) => picture,
            Err(error) => {
                say(format_args!("{input}: {error:#}"));
                return Ended::Failed;
            }
        };
        for step in &steps {
            let bar = progress(step, picture.height());
            let ended = develop(&mut picture, step, |row| {
                bar.set_position(row as u64 + 1);
                !changes.are_there()
            });
            bar.finish_and_clear();
            match ended {
                Ok(()) => {}
                Err(Failure::Cancelled) => {
                    say(format_args!(
                        "{output}: cancelled; it was not written"
                    ));
                    return Ended::Cancelled;
                }
                Err(Failure::Failed(reason)) => {
                    let name = step.filter.about().name;
                    say(format_args!(
                        "{}: its filter {name} {reason}; {output} was \
                         not written",
                        step.plugin
                    ));
                    return Ended::Failed;
                }
            }
        }
        if let Err(error) = picture::write(&self.output, &picture) {
            say(format_args!("{output}: not written: {error:#}"));
            return Ended::Failed;
        }
        // The picture is there, whether or not anybody reads this.
        let _ = print(&[format!("{output}: developed")]);
        Ended::Done
    }
}

/// A bar on stderr, if that is a terminal.
fn progress(step: &Step, rows: u32) -> ProgressBar {
    let style =
        ProgressStyle::with_template("{msg:12} {wide_bar} {pos}/{len}");
    ProgressBar::new(rows.into())
        .with_style(style.expect("a template"))
        .with_message(step.filter.about().name)
}
