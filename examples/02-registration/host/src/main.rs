//! `app --plugins DIR` lists or runs what the plugins of a folder have
//! registered; `app inspect FILE…` prints the facts of a library's
//! build. Results go to stdout, the log to stderr.

mod inspect;
mod list;

use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use app::cure::explain;
use app::load_folder;
use app::output::{self, print, say, shown};
use app::registry::Registry;
use clap::{Parser, Subcommand};
use nutshell_host::text::printable;
use nutshell_host::{Loader, Trust};

nutshell_host::embed_facts!(command_api::Interface);

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
#[command(version, override_usage = USAGE, after_help = MORE_HELP)]
#[command(subcommand_negates_reqs = true)]
struct Arguments {
    /// The folder that holds the plugins
    #[arg(long, value_name = "DIR", required = true)]
    plugins: Option<PathBuf>,

    /// Give up if any plugin is refused
    #[arg(long)]
    strict: bool,

    /// Load only what root or you own and nobody else may write to
    #[arg(long, conflicts_with = "allow_world_writable")]
    strict_permissions: bool,

    /// Load even from where anybody may write
    #[arg(long)]
    allow_world_writable: bool,

    #[command(subcommand)]
    action: Option<Action>,
}
// ANCHOR_END: arguments

#[derive(Subcommand)]
enum Action {
    /// Print what libraries say about their build, and run none of them
    Inspect(inspect::Arguments),

    /// The name of a plugin's command, and its words.
    #[command(external_subcommand)]
    Run(Vec<String>),
}

/// Names that no plugin may register.
const BUILT_IN: [&str; 2] = ["help", "inspect"];

// ANCHOR: run
fn run(arguments: Arguments) -> ExitCode {
    let trust = trust(&arguments, cfg!(windows));
    let words = match arguments.action {
        Some(Action::Inspect(files)) => {
            let (report, is_good) = inspect::report(&files);
            return exit_code(is_good, print(&report));
        }
        Some(Action::Run(words)) => words,
        None => Vec::new(),
    };
    let Some(folder) = arguments.plugins else {
        say("--plugins DIR is missing");
        return ExitCode::from(2);
    };
    let trust = match trust {
        Ok(trust) => trust,
        Err(reason) => {
            say(reason);
            return ExitCode::from(2);
        }
    };
    let mut loader = Loader::new(trust);
    let mut registry = Registry::new(&BUILT_IN);
    // SAFETY: the user names a folder whose libraries may run here.
    let loaded =
        unsafe { load_folder(&folder, &mut loader, &mut registry) };
    let report = match loaded {
        Ok(report) => report,
        Err(refusal) => {
            let folder = folder.display();
            let reason = explain(&refusal, trust == Trust::Strict);
            say(format_args!("{folder}: {reason}"));
            return ExitCode::FAILURE;
        }
    };
    let give_up = arguments.strict && !report.refused.is_empty();
    let refused: Vec<_> = report
        .refused
        .iter()
        .map(|refusal| list::refused(refusal, trust == Trust::Strict))
        .collect();

    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let Some((name, words)) = words.split_first() else {
        let written =
            print(&list::all(&registry, &report.needed, refused));
        return exit_code(!give_up, written);
    };
    refused.iter().for_each(say);
    if give_up {
        return ExitCode::FAILURE;
    }
    run_command(&registry, name, words)
}
// ANCHOR_END: run

/// Whose files the app loads. It reads no permissions on Windows, so it
/// refuses the option there that says so.
fn trust(
    arguments: &Arguments,
    is_windows: bool,
) -> Result<Trust, &'static str> {
    match arguments.allow_world_writable {
        true => Ok(Trust::Anyone),
        false if !arguments.strict_permissions => Ok(Trust::NoOthers),
        false if !is_windows => Ok(Trust::Strict),
        false => Err("--strict-permissions: this app cannot check \
                      them on Windows; leave it out, and choose a \
                      folder where only administrators may write"),
    }
}

// ANCHOR: run_command
fn run_command(
    registry: &Registry,
    name: &str,
    words: &[&str],
) -> ExitCode {
    let Some(entry) = registry.get(name) else {
        let names = registry.names().collect::<Vec<_>>().join(", ");
        say(format_args!(
            "{name}: no plugin registered it; there is: {names}"
        ));
        return ExitCode::from(2);
    };
    let (ended, written) = output::run(entry.command, words);
    if let Err(error) = &ended {
        say(format_args!("{name}: {error}"));
    }
    exit_code(ended.is_ok(), written)
}
// ANCHOR_END: run_command

fn exit_code(is_good: bool, written: io::Result<()>) -> ExitCode {
    let written = match written {
        // Whoever read it has seen enough, as in `app … | head -n 1`.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => true,
        Err(error) => {
            say(format_args!("writing the output: {error}"));
            false
        }
        Ok(()) => true,
    };
    match is_good && written {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

// ANCHOR: log
/// Formats the log's lines, and makes what plugins write printable.
fn init_log() {
    let level = env_logger::Env::default().default_filter_or("info");
    env_logger::Builder::from_env(level)
        .format(|out, record| {
            let level = record.level();
            let plugin = shown(record.target());
            let line =
                format!("[{level:<5} {plugin}] {}", record.args());
            writeln!(out, "{}", printable(line))
        })
        .init();
}
// ANCHOR_END: log

fn main() -> ExitCode {
    match Arguments::try_parse() {
        Ok(arguments) => {
            init_log();
            run(arguments)
        }
        // Help and version, too, are output that can get lost.
        Err(usage) => match exit_code(true, usage.print()) {
            ExitCode::SUCCESS => {
                ExitCode::from(usage.exit_code() as u8)
            }
            lost => lost,
        },
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use nutshell_host::Trust;

    use super::{Arguments, trust};

    #[test]
    fn what_cannot_be_checked_on_windows_is_not_promised_there() {
        let trust = |option: &[&str], is_windows| {
            let words = ["app", "--plugins", "x"];
            let words = words.iter().chain(option);
            trust(&Arguments::parse_from(words), is_windows)
        };
        let strict = &["--strict-permissions"];
        assert_eq!(trust(strict, false), Ok(Trust::Strict));
        let reason = "--strict-permissions: this app cannot check them \
                      on Windows; leave it out, and choose a folder \
                      where only administrators may write";
        assert_eq!(trust(strict, true), Err(reason));
        for is_windows in [true, false] {
            let none = trust(&[], is_windows);
            assert_eq!(none, Ok(Trust::NoOthers));
            let all = trust(&["--allow-world-writable"], is_windows);
            assert_eq!(all, Ok(Trust::Anyone));
        }
    }
}
