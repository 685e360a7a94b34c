//! One chapter: walks through its lines, has each checked by the module
//! that knows its kind, and puts the commands' output in place.
//!
//! The includes stay for mdBook to replace: at that point they are
//! known to be good.

use std::path::Path;

use crate::command::{self, Command};
use crate::fence::{Fence, content};
use crate::include;
use crate::link;
use crate::mistake::{Mistake, shown};
use crate::transcript;

/// The chapter's text with the output of its commands.
pub fn expand(
    root: &Path,
    source: &Path,
    text: &str,
    mistakes: &mut Vec<Mistake>,
) -> String {
    let folder = source.parent().unwrap_or(root);
    let mut walk = Walk { folder, fence: None, typed: false };
    let file = shown(root, source);
    let lines: Vec<&str> =
        text.trim_start_matches('\u{feff}').lines().collect();

    let mut page = String::new();
    for (index, line) in lines.iter().enumerate() {
        let number = index + 1;
        let above = if index > 0 { lines[index - 1] } else { "" };
        let next = lines.get(number).copied().unwrap_or("");
        let (text, wrong) = walk.step(number, above, line, next);
        page.push_str(&text);
        mistakes.extend(
            wrong
                .into_iter()
                .map(|what| Mistake::new(&file, number, what)),
        );
    }
    if let Some(fence) = walk.fence {
        let what = "this fence is never closed; close it with as many \
                    marks";
        mistakes.push(Mistake::new(&file, fence.line, what));
    }
    page
}

struct Walk<'a> {
    folder: &'a Path,
    fence: Option<Fence>,
    /// Whether a typed line of this block was reported already.
    typed: bool,
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
                let output =
                    command.run(self.folder).and_then(|text| {
                        self.check_output(&text, &command)?;
                        Ok(text)
                    });
                match output {
                    Ok(text) => return (text, wrong),
                    Err(what) => wrong.push(what),
                }
            }
            Some(Err(what)) => wrong.push(what),
            None => wrong = self.check_text(line, next),
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

    /// Checks a line without a command: includes, links, code and
    /// output typed by hand.
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
            return link::check(line, self.folder);
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
