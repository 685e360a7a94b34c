//! Runs a careless host in a process of its own, so that a crash is the
//! child's, and puts into words how that ended.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::process::Command;

use anyhow::{Result, ensure};

use crate::gotchas::{Gotcha, SKIPPED};
use crate::guarded::folder;
use crate::loading::bare_file;
use crate::variants::built;

/// What the careless host of a gotcha answered, or how it died.
pub fn unguarded(gotcha: &Gotcha) -> Result<String> {
    let answer = ask(&[gotcha.name], gotcha.undefined)?;
    let is_skipped = answer.starts_with(SKIPPED);
    Ok(
        match (gotcha.undefined && !is_skipped, answer == gotcha.right)
        {
            (false, _) => answer,
            (true, false) => format!("wrong: {answer}"),
            (true, true) => format!("right, by luck: {answer}"),
        },
    )
}

/// What a child answered, or how it died. Two lines wait on its stdin.
pub fn ask(words: &[&str], undefined: bool) -> Result<String> {
    let folder = folder()?;
    let here = folder.path().join("here");
    let elsewhere = folder.path().join("elsewhere");
    fs::create_dir(&here)?;
    fs::create_dir(&elsewhere)?;
    // For `bare`: a library of the name that it asks for.
    fs::copy(built("global_second")?, elsewhere.join(bare_file()))?;
    let (stdin, mut lines) = io::pipe()?;
    lines.write_all(b"first\nsecond\n")?;
    drop(lines);
    let output = Command::new(env::current_exe()?)
        .arg("--child")
        .args(words)
        .stdin(stdin)
        .current_dir(here)
        .env("RUST_BACKTRACE", "0")
        .env("LD_LIBRARY_PATH", elsewhere)
        .output()?;
    let out = String::from_utf8_lossy(&output.stdout);
    let err = String::from_utf8_lossy(&output.stderr);
    Ok(if output.status.success() {
        let answer = out.trim_end();
        if answer.is_empty() { "nothing" } else { answer }.to_owned()
    } else {
        // An error of the runner itself is no outcome.
        let failed = matches!(output.status.code(), Some(1 | 101));
        ensure!(!failed, "{}", err.trim_end());
        reason(&err, undefined)
    })
}

/// Why a process died: the message of the standard library, if that has
/// ended it. The next machine may choose another signal.
pub fn reason(stderr: &str, undefined: bool) -> String {
    for line in stderr.lines() {
        if let Some(rest) = line.strip_prefix("fatal runtime error: ") {
            return rest.trim_end_matches(", aborting").to_owned();
        }
        if line.starts_with("panic in a function that cannot") {
            return line.to_owned();
        }
    }
    match undefined {
        true => "a crash".to_owned(),
        false => "the process ends".to_owned(),
    }
}
