//! What it costs to check plugins before they are opened: Example 2's
//! whole `load_folder` beside the bare `dlopen` of the same files.
//!
//! Every time is that of a fresh process, taken inside it. The ways take
//! turns, so that whatever else the machine does hits all of them.
//! `cargo run --release -p bench` prints a table, with `--json` the same
//! and more for `bench/results.json`.

mod machine;
mod plugins;
mod report;
mod rounds;
mod ways;

use std::env;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

use report::Report;
use ways::Way;

/// Measures Example 2 beside the bare dlopen of the same plugins.
#[derive(Parser)]
struct Arguments {
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,

    /// How often each way is measured with each number of plugins
    #[arg(long, default_value = "41", value_name = "N")]
    rounds: NonZeroUsize,

    /// How many plugins there are in the folder
    #[arg(long, default_value = "10,100,1000", value_name = "N,...")]
    #[arg(value_delimiter = ',')]
    plugins: Vec<NonZeroUsize>,

    #[command(subcommand)]
    child: Option<Child>,
}

#[derive(Subcommand)]
enum Child {
    /// Does the work once and prints how long it took
    #[command(hide = true)]
    Measure { way: Way, folder: PathBuf },
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    if let Some(Child::Measure { way, folder }) = arguments.child {
        let time = way.measure(&folder)?;
        writeln!(io::stdout(), "{}", time.as_nanos())?;
        return Ok(());
    }

    // 1. Folders of plugins, all of them copies of one.
    let program = env::current_exe()?;
    let target = program.ancestors().nth(2);
    let plugin = plugins::build()?;
    let folders = plugins::copy(
        &plugin,
        &arguments.plugins,
        target.context("the program is not in target/release")?,
    )?;

    // 2. Each folder in every way, round by round.
    let times = rounds::run(
        &program,
        &Way::ALL,
        &folders,
        arguments.rounds.get(),
    )?;

    // 3. What that says.
    let report = Report::new(times);
    let mut out = io::stdout().lock();
    if arguments.json {
        writeln!(out, "{:#}", report.json(&plugin)?)?;
    } else {
        write!(out, "{}", report.table())?;
    }
    Ok(())
}
