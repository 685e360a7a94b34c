//! `app --plugins DIR`: lists or runs what the plugins of a folder have
//! registered. `app inspect FILE…`: what a library says of itself.
//! Results go to stdout, the log to stderr.

mod inspect;

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use app::registry::Registry;
use app::scan::Trust;
use app::{load_folder, output};
use clap::{Parser, Subcommand};

const USAGE: &str = "\
app --plugins DIR [--strict] [NAME [WORDS]...]
       app inspect [--json] FILE...";

const MORE_HELP: &str = "\
Without NAME it lists what each plugin registered, and which files were
refused and why. With NAME it runs the command of that name.

The log goes to stderr; RUST_LOG=warn (or error, debug, off) sets how
much of it.

Exit code: 0 done; 1 the folder cannot be read, the command failed, with
--strict a plugin was refused, or inspect found one that would be; 2
wrong usage, such as a NAME that nobody registered.";

// ANCHOR: arguments
/// Loads the plugins of a folder and runs the commands they register.
#[derive(Parser)]
#[command(override_usage = USAGE, after_help = MORE_HELP)]
#[command(subcommand_negates_reqs = true)]
struct Arguments {
    /// The folder that holds the plugins
    #[arg(long, value_name = "DIR", required = true)]
    plugins: Option<PathBuf>,

    /// Give up if any plugin is refused
    #[arg(long)]
    strict: bool,

    /// Load from where anybody may write
    #[arg(long)]
    allow_world_writable: bool,

    #[command(subcommand)]
    action: Option<Action>,
}
// ANCHOR_END: arguments

#[derive(Subcommand)]
enum Action {
    /// Print what libraries say of themselves, and run none of them
    Inspect(inspect::Arguments),

    /// What is not built in is the name of a command, and its words.
    #[command(external_subcommand)]
    Run(Vec<String>),
}

/// Names that no plugin may register.
const BUILT_IN: [&str; 2] = ["help", "inspect"];

// ANCHOR: run
fn run(arguments: Arguments) -> Result<ExitCode> {
    let words = match arguments.action {
        Some(Action::Inspect(files)) => {
            let (report, agrees) = inspect::report(&files);
            return Ok(exit_code(agrees, print(&report)));
        }
        Some(Action::Run(words)) => words,
        None => Vec::new(),
    };
    let Some(folder) = arguments.plugins else {
        complain("--plugins DIR is missing");
        return Ok(ExitCode::from(2));
    };
    let trust = match arguments.allow_world_writable {
        true => Trust::Everybody,
        false => Trust::Permissions,
    };
    let mut registry = Registry::new(&BUILT_IN);
    // SAFETY: the user names a folder whose libraries may run here.
    let refused = unsafe { load_folder(&folder, trust, &mut registry) }
        .with_context(|| format!("{}", folder.display()))?;
    let give_up = arguments.strict && !refused.is_empty();

    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let Some((name, words)) = words.split_first() else {
        let written = print(&list(&registry, &refused));
        return Ok(exit_code(!give_up, written));
    };
    refused.iter().for_each(complain);
    if give_up {
        return Ok(ExitCode::FAILURE);
    }
    Ok(run_command(&registry, name, words))
}
// ANCHOR_END: run

fn list(registry: &Registry, refused: &[String]) -> String {
    let mut text = String::new();
    for (plugin, commands) in registry.by_plugin() {
        text += &format!("{plugin}\n");
        for (name, help) in commands {
            text += &format!("  {name:<10} {help}\n");
        }
    }
    if text.is_empty() {
        text += "no plugins\n";
    }
    for line in refused {
        text += &format!("{line}\n");
    }
    text
}

// ANCHOR: run_command
fn run_command(
    registry: &Registry,
    name: &str,
    words: &[&str],
) -> ExitCode {
    let Some(entry) = registry.get(name) else {
        let names = registry.names().collect::<Vec<_>>().join(", ");
        complain(format!(
            "{name}: no plugin registered it; there is: {names}"
        ));
        return ExitCode::from(2);
    };
    let (ended, written) = output::run(entry.command, words);
    if let Err(error) = &ended {
        complain(format!("{name}: {error}"));
    }
    exit_code(ended.is_ok(), written)
}
// ANCHOR_END: run_command

fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout();
    out.write_all(text.as_bytes()).and_then(|()| out.flush())
}

/// One line on stderr; if nobody can read it, the exit code is left.
fn complain(line: impl Display) {
    let _ = writeln!(io::stderr(), "{line}");
}

fn exit_code(good: bool, written: io::Result<()>) -> ExitCode {
    let written = match written {
        // Whoever read it has seen enough, as in `app … | head -n 1`.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => true,
        Err(error) => {
            complain(format!("writing the output: {error}"));
            false
        }
        Ok(()) => true,
    };
    if good && written { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let level = env_logger::Env::default().default_filter_or("info");
    env_logger::Builder::from_env(level).init();
    run(arguments).unwrap_or_else(|error| {
        complain(format!("{error:#}"));
        ExitCode::FAILURE
    })
}
