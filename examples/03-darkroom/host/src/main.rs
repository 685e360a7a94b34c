//! `darkroom --plugins DIR IN.png OUT.png FILTER…` develops a picture
//! with the filters that plugins offer; `darkroom --plugins DIR filters`
//! lists these filters.

mod job;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use darkroom::room::Room;
use darkroom::text::{print, say};
use job::{Ended, Job};

nutshell_host::embed_facts!(filter_api::Interface);

const USAGE: &str = "\
darkroom --plugins DIR [--watch] IN.png OUT.png FILTER[:NAME=VALUE]...
       darkroom --plugins DIR filters";

const MORE_HELP: &str = "\
The filters are applied in their order, as in `blur:radius=8 vignette`.
OUT.png is written only if none of them fails; Ctrl-C cancels.

With --watch, the picture is developed again whenever a plugin was
built again, until Ctrl-C.

Exit code: 0 done; 1 the folder, a picture or a filter failed; 2 wrong
usage, such as a filter that no plugin offers; 130 cancelled.";

/// Develops a picture with the filters that plugins offer.
#[derive(Parser)]
#[command(version, override_usage = USAGE, after_help = MORE_HELP)]
#[command(subcommand_negates_reqs = true)]
struct Arguments {
    /// The folder that holds the plugins
    #[arg(long, value_name = "DIR", global = true)]
    plugins: Option<PathBuf>,

    /// Develop again whenever a plugin was built again
    #[arg(long)]
    watch: bool,

    /// The picture to develop
    #[arg(value_name = "IN.png", required = true)]
    input: Option<PathBuf>,

    /// The picture to write
    #[arg(value_name = "OUT.png", required = true)]
    output: Option<PathBuf>,

    /// The filters to apply, each with its numbers
    #[arg(value_name = "FILTER[:NAME=VALUE]", required = true)]
    steps: Vec<String>,

    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Subcommand)]
enum Action {
    /// List the filters, with their parameters and ranges
    Filters,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let Some(folder) = arguments.plugins else {
        say("--plugins DIR is missing");
        return ExitCode::from(2);
    };
    let mut room = Room::new(folder.clone(), arguments.watch);
    // SAFETY: the user names a folder whose libraries may run here.
    match unsafe { room.load_changed() } {
        Ok((_, refused)) => refused.iter().for_each(say),
        Err(refusal) => {
            say(refusal);
            return ExitCode::FAILURE;
        }
    }
    let (Some(input), Some(output)) =
        (arguments.input, arguments.output)
    else {
        return list(&room);
    };
    let changes = match watch::changes(&folder, arguments.watch) {
        Ok(changes) => changes,
        Err(error) => {
            say(format_args!("{}: {error:#}", folder.display()));
            return ExitCode::FAILURE;
        }
    };
    let job = Job { input, output, steps: arguments.steps };
    let ended = job.run(room.filters(), &changes);
    if arguments.watch {
        return watch::again(&job, &mut room, &changes);
    }
    match ended {
        Ended::Done => ExitCode::SUCCESS,
        Ended::Failed => ExitCode::FAILURE,
        Ended::Usage => ExitCode::from(2),
        Ended::Cancelled => ExitCode::from(130),
    }
}

fn list(room: &Room) -> ExitCode {
    let mut lines = Vec::new();
    for entry in room.filters().iter() {
        let about = entry.filter.about();
        lines.push(format!("{:<12} {}", about.name, about.help));
        for (name, range, default) in about.parameters {
            let (from, to) = (range.start(), range.end());
            lines.push(format!(
                "  {name:<10} {from} to {to}, by default {default}"
            ));
        }
    }
    if lines.is_empty() {
        lines.push("no filters".to_owned());
    }
    match print(&lines) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read it has seen enough.
        Err(error)
            if error.kind() == std::io::ErrorKind::BrokenPipe =>
        {
            ExitCode::SUCCESS
        }
        Err(error) => {
            say(format_args!("writing the list: {error}"));
            ExitCode::FAILURE
        }
    }
}
