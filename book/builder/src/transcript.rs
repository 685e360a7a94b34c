//! Console fences: a transcript is a `$ COMMAND` line and, right below
//! it, the cmdrun comment that runs this very command. Nothing in it
//! is typed by hand, or it could differ from what a reader gets.

use std::sync::LazyLock;

use regex::Regex;

use crate::command::{self, Command};
use crate::fence::content;

/// The step into a folder that a transcript need not show.
static STEP: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^cd [^\s;&|]+ && ").unwrap());

/// What is wrong with the command on a line of a console fence.
pub fn check_command(
    above: &str,
    command: &Command,
) -> Result<(), String> {
    if !command.is_alone() {
        return Err("text beside a command in a console fence; give \
                    the command a line of its own"
            .to_owned());
    }
    let full = command.text.as_str();
    let step = STEP.find(full).map_or(0, |step| step.end());
    let short = &full[step..];
    let Some(shown) = content(above).strip_prefix("$ ") else {
        return Err(format!(
            "`{full}` runs, but is not shown; write `$ {}` on the line \
             above",
            without_redirection(short)
        ));
    };
    let honest = [
        full,
        without_redirection(full),
        short,
        without_redirection(short),
    ];
    if honest.contains(&shown) {
        return Ok(());
    }
    Err(format!(
        "shows `$ {shown}`, but runs `{full}`; make them the same"
    ))
}

/// A transcript need not show that stderr is printed as well.
fn without_redirection(command: &str) -> &str {
    command.strip_suffix(" 2>&1").unwrap_or(command)
}

/// Whether a line shows a command.
pub fn is_shown(line: &str) -> bool {
    content(line) == "$" || content(line).starts_with("$ ")
}

/// What is wrong with a line that shows a command.
pub fn check_shown(line: &str, next: &str) -> Result<(), String> {
    if command::is_in(next) {
        return Ok(());
    }
    Err(format!(
        "`{}` is shown, but does not run; write <!-- cmdrun COMMAND --> \
         on the line below",
        content(line)
    ))
}
