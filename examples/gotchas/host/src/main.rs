//! `gotchas` runs each gotcha of the talk. Without an argument it
//! prints a table: what happens to a host that does nothing about it,
//! and what the host of Example 2 does. `gotchas NAME` runs one,
//! `gotchas process` shows what host and plugin share of it, and
//! `gotchas shared-runtime` compares two ways to link. Each careless
//! host runs in a child process, so a crash is the child's.

mod built;
mod child;
mod compiler;
mod copies;
mod cpu;
mod facts;
mod gotchas;
mod guarded;
mod loading;
mod other_api;
mod process;
mod shared_runtime;
mod soname;
mod tls_exit;
mod unloading;
mod variants;

use std::env;
use std::ffi::OsStr;
use std::io::{self, Write};
use std::process::ExitCode;
use std::thread;

use anyhow::{Context, Result, bail};
use libloading::Library;

use gotchas::{Gotcha, IS_LINUX, NOT_HERE, SKIPPED};

// ANCHOR: open
/// Opens a library and checks nothing, as the careless hosts do.
fn open(file: impl AsRef<OsStr>) -> Result<Library> {
    // SAFETY: our own plugins; their constructors do no harm.
    Ok(unsafe { Library::new(file.as_ref()) }?)
}
// ANCHOR_END: open

/// Each gotcha runs in processes of its own, so some run at once.
fn table() -> Result<()> {
    let mut out = io::stdout().lock();
    row(&mut out, ["gotcha", "if you do nothing", "in Example 2"])?;
    let gotchas: Vec<_> = gotchas::all().collect();
    for some in gotchas.chunks(4) {
        let ended = thread::scope(|scope| {
            let start = |gotcha| scope.spawn(move || outcomes(gotcha));
            let runs: Vec<_> =
                some.iter().copied().map(start).collect();
            let ends = runs.into_iter().map(|run| run.join());
            ends.collect::<Vec<_>>()
        });
        for (gotcha, ended) in some.iter().zip(ended) {
            let (unguarded, guarded) = ended.expect("no panic")?;
            row(&mut out, [gotcha.name, &unguarded, &guarded.short])?;
        }
    }
    Ok(())
}

fn row(out: &mut impl Write, cells: [&str; 3]) -> Result<()> {
    let first =
        |cell: &str| cell.lines().next().unwrap_or("").to_owned();
    let [name, unguarded, guarded] = cells.map(first);
    writeln!(out, "{name:<9} {unguarded:<38} {guarded}")?;
    Ok(out.flush()?)
}

fn one(gotcha: &Gotcha) -> Result<()> {
    let (unguarded, guarded) = outcomes(gotcha)?;
    let (answer, error) = split(&unguarded);
    let mut out = io::stdout().lock();
    writeln!(out, "{}: {}\n", gotcha.name, gotcha.what)?;
    writeln!(out, "expected           {}", gotcha.right)?;
    writeln!(out, "if you do nothing  {answer}")?;
    writeln!(out, "in Example 2       {}", guarded.short)?;
    if let Some(because) = because(gotcha, &guarded.short, IS_LINUX) {
        writeln!(out, "because            {because}")?;
    }
    for text in [error, &guarded.full] {
        if text.lines().nth(1).is_some() || text.len() > 38 {
            write!(out, "\n{}", fold(text))?;
        }
    }
    Ok(())
}

/// Why Example 2 does as it does; or, if nothing was run, why it is not
/// run on this system.
fn because(
    gotcha: &Gotcha,
    outcome: &str,
    is_linux: bool,
) -> Option<&'static str> {
    match outcome.starts_with(SKIPPED) {
        true => gotcha.elsewhere.filter(|_| !is_linux),
        false => Some(gotcha.because),
    }
}

/// The first line, and the others.
fn split(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or((text, ""))
}

/// Breaks lines of words that are longer than a slide is wide.
fn fold(text: &str) -> String {
    let mut folded = String::new();
    for line in text.lines() {
        let mut columns = 0;
        for word in line.split_inclusive(' ') {
            let length = word.trim_end().chars().count();
            if columns > 0 && columns + length > 72 {
                folded.truncate(folded.trim_end().len());
                folded += "\n";
                columns = 0;
            }
            folded += word;
            columns += word.chars().count();
        }
        folded += "\n";
    }
    folded
}

fn outcomes(gotcha: &Gotcha) -> Result<(String, guarded::Verdict)> {
    if gotcha.elsewhere.is_some() && !IS_LINUX {
        return Ok((NOT_HERE.into(), guarded::Verdict::of(NOT_HERE)));
    }
    let name = gotcha.name;
    let unguarded = child::unguarded(gotcha).context(name)?;
    let guarded = (gotcha.guarded)().context(name)?;
    Ok((unguarded, guarded))
}

fn run(arguments: &[&str]) -> Result<ExitCode> {
    match arguments {
        [] => table()?,
        [""] => return Ok(usage("an empty name")),
        ["--child", name] => {
            let gotcha = gotchas::all().find(|g| g.name == *name);
            let gotcha = gotcha.context("no such gotcha")?;
            print!("{}", (gotcha.unguarded)()?);
        }
        ["--child", name, variation] => {
            let answer = match *name {
                "cpu" => cpu::on_this_processor(),
                "extern-c" => copies::c_unwind(),
                "process" => facts::table(),
                "setenv" => process::setenv_in_one_program(),
                "soname" => soname::second_alone(),
                "tls-exit" => tls_exit::cured(variation),
                _ => bail!("{name}: has no variation"),
            };
            print!("{}", answer?);
        }
        ["process"] => {
            println!("{}", child::ask(&["process", ""], false)?)
        }
        ["shared-runtime"] => shared_runtime::table()?,
        [name] => match gotchas::all().find(|g| g.name == *name) {
            Some(gotcha) => one(gotcha)?,
            None => return Ok(usage(name)),
        },
        more => return Ok(usage(&more.join(" "))),
    }
    Ok(ExitCode::SUCCESS)
}

fn usage(words: &str) -> ExitCode {
    let mut names: Vec<_> = gotchas::all().map(|g| g.name).collect();
    names.extend(["process", "shared-runtime"]);
    let names = names.join(", ");
    eprintln!("{words}: no such gotcha; there is: {names}");
    ExitCode::from(2)
}

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args_os()
        .skip(1)
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let words: Vec<_> = arguments.iter().map(String::as_str).collect();
    run(&words).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

#[cfg(test)]
mod tests {
    use super::{NOT_HERE, because, gotchas};

    #[test]
    fn what_was_skipped_is_not_explained_as_if_it_had_run() {
        for gotcha in gotchas::all() {
            let because =
                |outcome, is_linux| because(gotcha, outcome, is_linux);
            assert_eq!(because(NOT_HERE, false), gotcha.elsewhere);
            assert_eq!(because("skipped: needs qemu-user", true), None);
            for is_linux in [true, false] {
                let ran = because("works: 11", is_linux);
                assert_eq!(ran, Some(gotcha.because));
            }
            for text in gotcha.elsewhere.iter().chain([&gotcha.because])
            {
                assert!(text.len() <= 53, "{text}");
            }
        }
        let elsewhere = gotchas::all().filter_map(|g| g.elsewhere);
        assert_eq!(elsewhere.count(), 9);
    }
}
