//! `app --plugins DIR`: scans a folder, loads each plugin in it, lets
//! each one register its commands, and lists or runs them.
//!
//! One idea a file, in the order in which they run: [`scan`] finds the
//! files, [`load`] opens one and calls its register function,
//! [`registry`] keeps what it offered, [`output`] passes on what a
//! command writes. Results go to stdout, the log to stderr.
//!
//! To copy it into a product, take everything but this file.

mod load;
mod output;
mod registry;
mod scan;

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use registry::Registry;

const USAGE: &str = "app --plugins DIR [--strict] [NAME [WORDS]...]";

const MORE_HELP: &str = "\
Without NAME it lists what each plugin registered, and which files were
refused and why. With NAME it runs the command of that name.

The log goes to stderr; RUST_LOG=warn (or error, debug, off) sets how
much of it.

Exit code: 0 done; 1 the command failed, or with --strict a plugin was
refused; 2 wrong usage, such as a NAME that nobody registered.";

/// Loads the plugins of a folder and runs the commands they register.
#[derive(Parser)]
#[command(override_usage = USAGE, after_help = MORE_HELP)]
struct Arguments {
    /// The folder that holds the plugins
    #[arg(long, value_name = "DIR")]
    plugins: PathBuf,

    /// Give up if any plugin is refused
    #[arg(long)]
    strict: bool,

    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Subcommand)]
enum Action {
    /// What is not built in is the name of a command, and its words.
    #[command(external_subcommand)]
    Run(Vec<String>),
}

/// Names that no plugin may register: the app's own, now or later.
const BUILT_IN: [&str; 2] = ["help", "inspect"];

// ANCHOR: scan
/// Loads every plugin of the folder; one that is refused is noted and
/// keeps no other from loading.
fn load_folder(folder: &Path) -> Result<(Registry, Vec<String>)> {
    let mut registry = Registry::new(&BUILT_IN);
    let mut refused = Vec::new();
    for path in scan::libraries(folder)? {
        if let Err(reason) = load::load(&path, &mut registry) {
            let file = scan::file_name(&path);
            refused.push(format!("refused {file}: {reason:#}"));
        }
    }
    Ok((registry, refused))
}
// ANCHOR_END: scan

fn run(arguments: Arguments) -> Result<ExitCode> {
    let folder = arguments.plugins;
    let (registry, refused) = load_folder(&folder)
        .with_context(|| format!("{}", folder.display()))?;
    let give_up = arguments.strict && !refused.is_empty();

    let Some(Action::Run(words)) = arguments.action else {
        list(&registry, &refused)?;
        return Ok(exit_code(!give_up));
    };
    for line in &refused {
        writeln!(io::stderr(), "{line}")?;
    }
    if give_up {
        return Ok(exit_code(false));
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    run_command(&registry, words[0], &words[1..])
}

fn list(registry: &Registry, refused: &[String]) -> Result<()> {
    let mut out = io::stdout().lock();
    if registry.by_plugin().next().is_none() {
        writeln!(out, "no plugins")?;
    }
    for (plugin, commands) in registry.by_plugin() {
        writeln!(out, "{plugin}")?;
        for (name, help) in commands {
            writeln!(out, "  {name:<10} {help}")?;
        }
    }
    for line in refused {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn run_command(
    registry: &Registry,
    name: &str,
    words: &[&str],
) -> Result<ExitCode> {
    let Some(entry) = registry.get(name) else {
        let names = registry.names().collect::<Vec<_>>().join(", ");
        writeln!(
            io::stderr(),
            "{name}: no plugin registered it; there is: {names}"
        )?;
        return Ok(ExitCode::from(2));
    };
    let ended = output::run(entry.command, words)?;
    if let Err(error) = &ended {
        writeln!(io::stderr(), "{name}: {error}")?;
    }
    Ok(exit_code(ended.is_ok()))
}

fn exit_code(good: bool) -> ExitCode {
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let level = env_logger::Env::default().default_filter_or("info");
    env_logger::Builder::from_env(level).init();
    match run(arguments) {
        Ok(code) => code,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whoever read our output has stopped, as in `app … | head -n 1`.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
