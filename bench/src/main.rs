//! The same work in Rust, in Go and in C, side by side.
//!
//! Every time is that of a fresh process, taken inside it. The ways take
//! turns, so that whatever else the machine does hits all of them, and
//! are compared within a round. `bench` prints tables; with `--save` it
//! writes `bench/results.json` and what is made from it: the tables of
//! the book's numbers page and the chart on the deck's slide.
//! `bench alternatives` does so for the chapter on design decisions.

mod alternatives;
mod builds;
mod chart;
mod figures;
mod machine;
mod process;
mod results;
mod rounds;
mod statistics;
mod tables;
mod work;

use std::env;
use std::fs;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::{Parser, Subcommand};

use builds::Builds;
use figures::Figures;
use results::{Figure, Results};
use work::Work;

/// Measures loading plugins in Rust, Go and C, side by side.
#[derive(Parser)]
struct Arguments {
    /// Write the results where the book and the deck find them
    #[arg(long, global = true)]
    save: bool,

    /// How often each way is measured
    #[arg(long, global = true, default_value = "11", value_name = "N")]
    rounds: NonZeroUsize,

    /// How many plugins there are in a folder, at most 1023
    #[arg(long, default_value = "10,100,1000", value_name = "N,...")]
    #[arg(value_delimiter = ',')]
    #[arg(value_parser = clap::value_parser!(u16).range(1..1024))]
    plugins: Vec<u16>,

    /// Where results.json is
    #[arg(long, global = true, value_name = "DIR")]
    #[arg(default_value = env!("CARGO_MANIFEST_DIR"))]
    folder: PathBuf,

    #[command(subcommand)]
    instead: Option<Instead>,
}

#[derive(Subcommand)]
enum Instead {
    /// Measure nothing: make tables and chart from results.json again
    Render {
        /// Only say whether they are what results.json says
        #[arg(long)]
        check: bool,
    },
    /// Measure the same plugin behind other boundaries instead
    Alternatives {
        /// Only these folders of bench/alternatives
        #[arg(long, value_delimiter = ',', value_name = "NAME,...")]
        #[arg(conflicts_with = "save")]
        only: Vec<String>,
    },
    /// Does the work once and prints how long it took
    #[command(hide = true)]
    Work {
        #[command(subcommand)]
        work: Work,
    },
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let folder = &arguments.folder;
    match &arguments.instead {
        Some(Instead::Work { work }) => {
            let time = work.measure()?;
            println!("{}", time.as_nanos());
            io::copy(&mut io::stdin(), &mut io::sink())?;
        }
        Some(Instead::Render { check }) => render(folder, *check)?,
        Some(Instead::Alternatives { only }) => {
            let target = target()?.join("alternatives");
            let rounds = arguments.rounds.get();
            let figures = alternatives::measure(&target, rounds, only)?;
            let mut results = results(figures)?;
            results.wasm = alternatives::wasm_compiler();
            let tables = tables::alternatives(&results);
            write!(io::stdout(), "{tables}")?;
            save(&arguments, &results, "alternatives/results.json")?;
        }
        None => {
            let results = measure(&arguments)?;
            write!(io::stdout(), "{}", tables::markdown(&results))?;
            save(&arguments, &results, "results.json")?;
        }
    }
    Ok(())
}

/// Writes the results, if that is wanted.
fn save(
    arguments: &Arguments,
    results: &Results,
    file: &str,
) -> Result<()> {
    if arguments.save {
        let json = serde_json::to_string_pretty(results)?;
        fs::write(arguments.folder.join(file), json + "\n")?;
        render(&arguments.folder, false)?;
    }
    Ok(())
}

fn read(file: &Path) -> Result<Results> {
    let text = fs::read_to_string(file);
    let text = text.with_context(|| file.display().to_string())?;
    serde_json::from_str(&text)
        .with_context(|| file.display().to_string())
}

/// Makes, or checks, what is made from the results.
fn render(folder: &Path, check: bool) -> Result<()> {
    let results = read(&folder.join("results.json"))?;
    let others = read(&folder.join("alternatives/results.json"))?;
    for (file, text) in [
        ("tables.md", tables::markdown(&results)),
        ("../assets/numbers.svg", chart::svg(&results)?),
        ("alternatives/tables.md", tables::alternatives(&others)),
    ] {
        let file = folder.join(file);
        if check {
            let there = fs::read_to_string(&file).unwrap_or_default();
            ensure!(
                there == text,
                "{}: not what results.json says; run `cargo run -p \
                 bench render`",
                file.display()
            );
        } else {
            fs::write(file, text)?;
        }
    }
    Ok(())
}

fn measure(arguments: &Arguments) -> Result<Results> {
    let builds = Builds::new(target()?.join("bench"))?;
    let cc = builds.c.as_ref().map(|c| c.version.clone());
    let go = builds.go.as_ref().map(|go| go.version.clone());
    let mut all = Figures::new(builds, arguments.rounds.get());
    all.first_call()?;
    all.folders(&arguments.plugins)?;
    all.call()?;
    all.size()?;
    all.layer()?;
    all.reload()?;
    all.rebuild()?;
    Ok(Results { cc, go, goals: all.goals, ..results(all.figures)? })
}

/// What was measured, here and today.
fn results(figures: Vec<Figure>) -> Result<Results> {
    Ok(Results {
        date: machine::date(),
        machine: machine::describe()?,
        rustc: machine::rustc(),
        cc: None,
        go: None,
        wasm: None,
        figures,
        goals: Vec::new(),
    })
}

/// The folder `target`.
fn target() -> Result<PathBuf> {
    let program = env::current_exe()?;
    let target = program.ancestors().nth(2).context("no target")?;
    Ok(target.to_owned())
}
