//! One chapter: walks through its lines, has each checked by the module
//! that knows its kind, and puts the commands' output in place.
//!
//! The includes stay for mdBook to replace: at that point they are
//! known to be good.

use std::collections::VecDeque;
use std::path::Path;

use crate::caption::Repository;
use crate::command::{self, Command};
use crate::fence::{Fence, content};
use crate::include;
use crate::kept::Kept;
use crate::picture;
use crate::transcript;

/// The chapter's text with the output of its commands; what is wrong
/// with it goes to `report`, with its line.
pub fn expand(
    source: &Path,
    text: &str,
    repository: &Repository,
    kept: &Kept,
    mut report: impl FnMut(usize, String),
) -> String {
    let folder = source.parent().unwrap_or(source);
    let lines: Vec<&str> = text.lines().collect();
    let next = |number: usize| lines.get(number).copied().unwrap_or("");
    let commands = (1..)
        .zip(&lines)
        .filter(|(number, line)| {
            command::find(line, next(*number)).is_some()
        })
        .map(|(_, line)| (*line).to_owned())
        .collect();
    let outputs = kept.outputs(source, &commands);
    let mut walk = Walk {
        folder,
        fence: None,
        typed: false,
        outputs,
        ran: vec![],
    };

    let mut page = String::new();
    let mut is_fine = true;
    for (number, line) in (1..).zip(&lines) {
        let above = if number > 1 { lines[number - 2] } else { "" };
        let is_outside = walk.fence.is_none();
        let (text, wrong) =
            walk.step(number, above, line, next(number));
        if is_outside && walk.fence.is_some() {
            let before = lines[..number - 1].iter().rev();
            let said = before.copied().find(|line| !line.is_empty());
            let said = said.unwrap_or_default();
            let caption =
                repository.caption(folder, said, next(number));
            page.push_str(&caption.unwrap_or_default());
        }
        page.push_str(&text);
        for what in wrong {
            is_fine = false;
            report(number, what);
        }
    }
    if let Some(fence) = walk.fence {
        let what = "this fence is never closed; close it with as many \
                    marks";
        report(fence.line, what.to_owned());
    } else if is_fine {
        kept.keep(source, commands, walk.ran);
    }
    page
}

struct Walk<'a> {
    folder: &'a Path,
    fence: Option<Fence>,
    /// Whether a typed line of this block was reported already.
    typed: bool,
    /// What the commands that follow have printed before, if that holds.
    outputs: VecDeque<String>,
    /// What the commands so far have printed.
    ran: Vec<String>,
}

impl Walk<'_> {
    /// The text for the page in place of a line, and its mistakes.
    fn step(
        &mut self,
        number: usize,
        above: &str,
        line: &str,
        next: &str,
    ) -> (String, Vec<String>) {
        let unchanged = format!("{line}\n");
        match &self.fence {
            Some(fence) if fence.is_closed_by(line) => {
                self.fence = None;
                return (unchanged, Vec::new());
            }
            None => {
                self.fence = Fence::open(line, number);
                self.typed = false;
                if self.fence.is_some() {
                    return (unchanged, check_opening(line));
                }
            }
            Some(fence) if fence.is_left_by(line) => {
                let what = "further left than its fence, so a list or \
                            a quote would end here; begin the fence in \
                            the first column";
                return (unchanged, vec![what.to_owned()]);
            }
            Some(_) => {}
        }

        let mut wrong = Vec::new();
        match command::find(line, next) {
            Some(Ok(command)) => {
                wrong.extend(self.check_command(above, &command).err());
                let output = match self.outputs.pop_front() {
                    Some(text) => Ok(text),
                    None => command.run(self.folder),
                };
                let output = output.and_then(|text| {
                    self.check_output(&text, &command)?;
                    Ok(text)
                });
                match output {
                    Ok(text) => {
                        self.ran.push(text.clone());
                        return (text, wrong);
                    }
                    Err(what) => wrong.push(what),
                }
            }
            Some(Err(what)) => wrong.push(what),
            None => wrong = self.check_text(line, next),
        }
        if self.fence.is_none() {
            match picture::embed(&unchanged, self.folder) {
                Ok(text) => return (text, wrong),
                Err(what) => wrong.push(what),
            }
        }
        (unchanged, wrong)
    }

    fn check_command(
        &mut self,
        above: &str,
        command: &Command,
    ) -> Result<(), String> {
        match &self.fence {
            Some(fence) if fence.is_console() => {
                self.typed = false;
                transcript::check_command(above, command)
            }
            Some(fence) if fence.is_code() => Err(fence.refusal()),
            _ => Ok(()),
        }
    }

    /// Output stands in the page as it is, so it must not change what
    /// the page means.
    fn check_output(
        &self,
        text: &str,
        command: &Command,
    ) -> Result<(), String> {
        let command = &command.text;
        if include::is_in(text) || command::is_in(text) {
            return Err(format!(
                "the output of `{command}` contains a directive, which \
                 would be taken for the page's; print something else"
            ));
        }
        self.check_fence(text, &format!("the output of `{command}`"))
    }

    /// Text that is put into a fence must not close it.
    fn check_fence(
        &self,
        text: &str,
        name: &str,
    ) -> Result<(), String> {
        let Some(fence) = &self.fence else { return Ok(()) };
        if text.lines().any(|line| fence.is_closed_by(line)) {
            return Err(format!(
                "{name} closes the fence around it; open and close the \
                 fence with more marks"
            ));
        }
        Ok(())
    }

    /// Checks a line without a command: includes, code and output
    /// typed by hand.
    fn check_text(&mut self, line: &str, next: &str) -> Vec<String> {
        let included = match include::find(line, self.folder) {
            Ok(included) => included,
            Err(what) => return vec![what],
        };
        if let Some(text) = &included
            && let Err(what) =
                self.check_fence(text, "the included text")
        {
            return vec![what];
        }
        let Some(fence) = &self.fence else {
            return Vec::new();
        };
        let fine = content(line).is_empty()
            || !(fence.is_console() || fence.is_code())
            || (fence.is_code() && include::is_alone(content(line)));
        if fine {
            return Vec::new();
        }
        if fence.is_console() && transcript::is_shown(line) {
            self.typed = false;
            let shown = transcript::check_shown(line, next);
            return shown.err().into_iter().collect();
        }
        if self.typed {
            return Vec::new();
        }
        self.typed = true;
        vec![fence.refusal()]
    }
}

/// The info string of a fence is no place for a directive.
fn check_opening(line: &str) -> Vec<String> {
    if include::is_in(line) || command::is_in(line) {
        let what = "a directive on the line that opens a fence; give \
                    it the line below";
        return vec![what.to_owned()];
    }
    Vec::new()
}
