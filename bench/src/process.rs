//! Runs the work in a fresh process. It prints how long it took, then
//! waits for the end of its input, so that its memory can be looked at.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use sysinfo::{Pid, ProcessesToUpdate, System};

/// What one run took.
pub struct Sample {
    /// As it says itself.
    pub nanoseconds: f64,
    /// Resident when the work is done, in bytes.
    pub memory: f64,
    /// What it has read from files by then, in bytes; on Linux, where
    /// the system counts it.
    pub read: Option<f64>,
}

pub fn run(command: &mut Command) -> Result<Sample> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{command:?}"))?;
    let mut line = String::new();
    let output = child.stdout.take().context("no output")?;
    BufReader::new(output).read_line(&mut line)?;

    let id = Pid::from_u32(child.id());
    let mut system = System::new()?;
    system.refresh_processes(ProcessesToUpdate::Some(&[id]), true);
    let memory = system.process(id).map(|process| process.memory());

    let read = bytes_read(child.id());
    drop(child.stdin.take());
    let status = child.wait()?;
    ensure!(status.success(), "{command:?}: {status}");
    Ok(Sample {
        nanoseconds: line.trim().parse().context("no number")?,
        memory: memory.context("no memory")? as f64,
        read,
    })
}

fn bytes_read(id: u32) -> Option<f64> {
    let text = fs::read_to_string(format!("/proc/{id}/io")).ok()?;
    text.lines().find_map(|l| l.strip_prefix("rchar: "))?.parse().ok()
}

/// Runs a command that has nothing to say.
pub fn finish(command: &mut Command) -> Result<()> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("{command:?}"))?;
    let error = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{command:?}: {error}");
    Ok(())
}
