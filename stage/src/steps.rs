//! What is run on stage, in the order of the slides.

use crate::fences::difference;
use crate::note::Demo;
use crate::slides::Slide;

/// A command, and what must come of it.
#[derive(Debug)]
pub struct Step {
    /// The page of the slide that it belongs to.
    pub slide: usize,
    pub command: String,
    /// The talk has no time for it, but it is there.
    pub is_optional: bool,
    expected: Expected,
}

#[derive(Debug)]
enum Expected {
    /// What the slide shows below the command, to the letter.
    Shown(String),
    /// What the note says of it.
    Says { code: i32, texts: Vec<Vec<String>> },
}

/// How a command ended, and what a terminal would show of it.
#[derive(Debug)]
pub struct Ended {
    /// `None` if a signal ended it.
    pub code: Option<i32>,
    pub output: String,
}

/// What bash has to run for a command: with both of its outputs in
/// their order, and with the exit code of a pipe's first failure.
pub fn script(command: &str) -> String {
    format!("exec 2>&1\nset -o pipefail\n{command}")
}

/// All commands on the slides and in their notes. One that is in both
/// is one step; the slide says what it must print, and the note whether
/// it is optional.
pub fn steps(slides: &[Slide]) -> Vec<Step> {
    let mut steps = Vec::new();
    for slide in slides {
        let demos = &slide.note.demos;
        let is_same = |command: &str, demo: &Demo| {
            one_line(command) == one_line(&demo.command)
        };
        for (command, output) in &slide.terminal {
            let demo = demos.iter().find(|d| is_same(command, d));
            steps.push(Step {
                slide: slide.number,
                command: command.clone(),
                is_optional: demo.is_some_and(|d| d.is_optional),
                expected: Expected::Shown(output.clone()),
            });
        }
        for demo in demos {
            if slide.terminal.iter().any(|(c, _)| is_same(c, demo)) {
                continue;
            }
            steps.push(Step {
                slide: slide.number,
                command: demo.command.clone(),
                is_optional: demo.is_optional,
                expected: Expected::Says {
                    code: demo.code,
                    texts: demo.shows.clone(),
                },
            });
        }
    }
    steps
}

/// A command without its line breaks; a note has it so.
fn one_line(command: &str) -> String {
    let mut lines = command.split("\\\n");
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |line, next| line + next.trim_start())
}

impl Step {
    /// # Errors
    /// What is not as the slide or its note says.
    pub fn check(&self, ended: &Ended) -> Result<(), String> {
        let Ended { code, output } = ended;
        let expected = match self.expected {
            Expected::Shown(_) => 0,
            Expected::Says { code, .. } => code,
        };
        if *code != Some(expected) {
            let how = ended.how();
            return Err(format!("  {how}, not {expected}\n{output}"));
        }
        match &self.expected {
            Expected::Shown(shown) if shown == output => Ok(()),
            Expected::Shown(shown) => Err(difference(shown, output)),
            Expected::Says { texts, .. } if texts.is_empty() => {
                Err("  its note has no `Shows:`\n".to_owned())
            }
            Expected::Says { texts, .. } => {
                let is_in = |text: &String| output.contains(text);
                match texts.iter().find(|any| !any.iter().any(is_in)) {
                    None => Ok(()),
                    Some(any) => {
                        let any = any.join("` or `");
                        Err(format!("  not `{any}`, but\n{output}"))
                    }
                }
            }
        }
    }
}

impl Ended {
    /// How it ended, in words.
    pub fn how(&self) -> String {
        match self.code {
            Some(code) => format!("exit code {code}"),
            None => "ended by a signal".to_owned(),
        }
    }
}
