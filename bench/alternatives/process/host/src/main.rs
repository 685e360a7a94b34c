//! A process of its own, which stays for the next call.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use timing::Shout;

fn main() -> Result<()> {
    timing::measure(open)
}

// ANCHOR: host
fn open(path: &Path) -> Result<Shout> {
    let mut child = Command::new(path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut to = child.stdin.take().context("no input")?;
    let from = child.stdout.take().context("no output")?;
    let mut from = BufReader::new(from);
    Ok(Box::new(move |text, said| {
        to.write_all(format!("{text}\n").as_bytes())?;
        ensure!(from.read_line(said)? > 0, "the plugin has ended");
        said.pop();
        Ok(())
    }))
}
// ANCHOR_END: host
