//! Runs every way with every folder, again and again, each time in a
//! fresh process.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;

use crate::plugins::Folder;
use crate::ways::Way;

/// What one way took with one folder, round by round.
pub struct Times {
    pub way: Way,
    pub plugins: usize,
    pub rounds: Vec<Duration>,
}

/// The times of all ways with the first folder, then with the next.
pub fn run(
    program: &Path,
    ways: &[Way],
    folders: &[Folder],
    rounds: usize,
) -> Result<Vec<Times>> {
    let mut all = Vec::new();
    for Folder { plugins, .. } in folders {
        for way in ways {
            let (way, plugins, rounds) = (*way, *plugins, Vec::new());
            all.push(Times { way, plugins, rounds });
        }
    }
    // One round more: the first only warms the caches up.
    for round in 0..=rounds {
        let groups = all.chunks_mut(ways.len());
        for (group, folder) in groups.zip(folders) {
            let folder = folder.folder.path();
            // Nobody always goes first.
            let first = round % group.len();
            group.rotate_left(first);
            for times in &mut *group {
                let time = child(program, times.way, folder)?;
                if round > 0 {
                    times.rounds.push(time);
                }
            }
            group.rotate_right(first);
        }
    }
    Ok(all)
}

/// This same program, which measures one way once.
fn child(program: &Path, way: Way, folder: &Path) -> Result<Duration> {
    let value = way.to_possible_value().context("no such way")?;
    let output = Command::new(program)
        .arg("measure")
        .arg(value.get_name())
        .arg(folder)
        .stderr(Stdio::inherit())
        .output()?;
    ensure!(output.status.success(), "{} failed", way.name());
    let text = String::from_utf8(output.stdout)?;
    let time = text.trim().parse().context("no number")?;
    Ok(Duration::from_nanos(time))
}
