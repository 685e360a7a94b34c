//! Commands: `<!-- cmdrun [-CODE] COMMAND -->`, run by mdbook-cmdrun.
//!
//! cmdrun passes over whatever it cannot read, and puts its error texts
//! into the page. Here the comment is read strictly first, a command
//! without a flag has to exit with 0, and an error text is a mistake.

use std::path::Path;
use std::sync::LazyLock;

use mdbook_cmdrun::CmdRun;
use regex::Regex;

use crate::include;

/// What is meant to be a command, well written or not.
static INTENT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)<!--\s*cmdrun").unwrap());
/// What cmdrun takes for one.
static COMMAND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(.*)<!-- *cmdrun (.*?)-->(.*)$").unwrap()
});

/// A command, and the text before and after it on its line.
pub struct Command<'a> {
    pub text: String,
    before: &'a str,
    after: &'a str,
    expected: u8,
}

/// Whether some text would be taken for a command.
pub fn is_in(text: &str) -> bool {
    INTENT.is_match(text)
}

/// The command on a line, or what is wrong with it.
pub fn find<'a>(
    line: &'a str,
    next: &str,
) -> Option<Result<Command<'a>, String>> {
    let begins = line.trim_end().ends_with("<!--")
        && next.trim_start().starts_with("cmdrun");
    (begins || is_in(line)).then(|| parse(line))
}

fn parse(line: &str) -> Result<Command<'_>, String> {
    if line.matches("<!--").count() > 1 {
        return Err("a command shares its line with another comment, \
                    and cmdrun reads both as one; give each its own \
                    line"
            .to_owned());
    }
    if include::is_in(line) {
        return Err("a command and a {{#…}} directive on one line; \
                    give each its own line"
            .to_owned());
    }
    if !line.contains("-->") {
        return Err("the command's comment does not end on its line; \
                    write <!-- cmdrun COMMAND --> on one line"
            .to_owned());
    }
    let Some(parts) = COMMAND.captures(line) else {
        return Err("malformed command, which cmdrun passes over; \
                    write <!-- cmdrun COMMAND -->"
            .to_owned());
    };
    let (expected, text) = flags(parts[2].trim())?;
    if text.is_empty() {
        return Err("the command is empty; write <!-- cmdrun \
                    COMMAND -->"
            .to_owned());
    }
    if text.contains("  ") || text.contains('\t') {
        return Err(format!(
            "`{text}` has more than one space in a row, which cmdrun \
             makes one; put the command into a script"
        ));
    }
    let before = parts.get(1).unwrap().as_str();
    let after = parts.get(3).unwrap().as_str();
    Ok(Command { text: text.to_owned(), before, after, expected })
}

/// Splits the flags off: the exit code that is expected, and the rest.
fn flags(text: &str) -> Result<(u8, &str), String> {
    let (flag, rest) = text.split_once(' ').unwrap_or((text, ""));
    let rest = rest.trim_start();
    if !flag.starts_with('-') {
        return Ok((0, text));
    }
    let (code, rest) = match flag {
        "--strict" => ("0", rest),
        "--expect-return-code" => {
            rest.split_once(' ').unwrap_or((rest, ""))
        }
        short => (&short[1..], rest),
    };
    match code.parse() {
        Ok(code) => Ok((code, rest.trim_start())),
        Err(_) => Err(format!(
            "unknown cmdrun flag `{flag}`; write -N for a command that \
             exits with N, from 0 to 255"
        )),
    }
}

impl Command<'_> {
    /// Whether the comment fills its line.
    pub fn is_alone(&self) -> bool {
        self.before.trim().is_empty() && self.after.is_empty()
    }

    /// Runs the command once, in `folder` and without input, and
    /// returns its line with the output in place.
    pub fn run(&self, folder: &Path) -> Result<String, String> {
        let command = &self.text;
        // In plain sh a pipe hides how its first command has ended.
        let quoted = command.replace('\'', r"'\''");
        let strict = format!(
            "-{} exec bash -o pipefail -c '{quoted}'",
            self.expected
        );
        let ends_line = self.after.is_empty();
        let folder = folder.to_str().ok_or("folder is not UTF-8")?;
        let output = CmdRun::run_cmdrun(strict, folder, !ends_line)
            .map_err(|error| format!("`{command}`: {error:#}"))?;
        if let Some(failure) = output.strip_prefix("**cmdrun error**: ")
        {
            return Err(self.describe(failure));
        }

        if output.contains('\u{1b}') {
            return Err(format!(
                "`{command}` prints colours, or other codes for a \
                 terminal; find what asks for them"
            ));
        }

        let is_whole_line = self.before.is_empty() && ends_line;
        if !is_whole_line && output.lines().count() > 1 {
            return Err(format!(
                "`{command}` prints more than one line, but only the \
                 first would stand where the comment stands; begin the \
                 comment in the first column of a line of its own"
            ));
        }
        let is_nothing = is_whole_line && output.is_empty();
        if ends_line && !is_nothing && !output.ends_with('\n') {
            return Err(format!(
                "the output of `{command}` does not end its last line, \
                 so the next line of the page would join it; print a \
                 newline at the end"
            ));
        }
        let end = if ends_line { "" } else { "\n" };
        Ok([self.before, &output, self.after, end].concat())
    }

    /// Turns cmdrun's error text into a mistake: what it says of the
    /// exit code, then the indented stdout and stderr.
    fn describe(&self, failure: &str) -> String {
        let command = &self.text;
        let exit = failure
            .split_once("' returned exit code ")
            .and_then(|(_, rest)| rest.split_once(" instead of "));
        let Some((code, rest)) = exit else {
            return format!(
                "`{command}` was ended by a signal; run it by hand to \
                 see why"
            );
        };
        let mut what = format!(
            "`{command}` exits with {code} instead of {}; mend it, or \
             expect it with <!-- cmdrun -{code} … -->",
            self.expected
        );
        for line in rest.lines().skip(1).filter(|line| !line.is_empty())
        {
            what.push_str("\n    ");
            what.push_str(line);
        }
        what
    }
}
