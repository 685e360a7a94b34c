//! The app of Example 2 without dynamic loading: the same plugins, from
//! the same sources, are modules of the program. A change to one of
//! them is a new program.

#[path = "../../../examples/02-registration/plugins/crab/src/lib.rs"]
mod crab;
#[path = "../../../examples/02-registration/plugins/greet/src/lib.rs"]
mod greet;
#[path = "../../../examples/02-registration/plugins/voice/src/lib.rs"]
mod voice;

use std::path::PathBuf;
use std::sync::LazyLock;

use anyhow::{Context, Result, ensure};
use app::registry::Registry;
use clap::Parser;
use command_api::Register;
use command_api::nutshell_plugin::{Level, Log, Outcome};
use log::Record;

const PLUGINS: [(&str, Register); 3] = [
    ("crab", crab::PLUGIN_REGISTER),
    ("greet", greet::PLUGIN_REGISTER),
    ("voice", voice::PLUGIN_REGISTER),
];

/// Runs a command of a plugin that is linked in.
#[derive(Parser)]
struct Arguments {
    /// Where the plugins' configuration is
    #[arg(long, value_name = "DIR")]
    plugins: PathBuf,

    /// A command and its words
    words: Vec<String>,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let mut registry = Registry::new(&[]);
    for (name, register) in PLUGINS {
        let mut transaction =
            registry.transaction(name, &arguments.plugins);
        let mut error = String::new();
        let outcome = register(&mut transaction, &Lines, &mut error);
        ensure!(outcome == Outcome::Done, "{name}: {error}");
        transaction.commit();
    }
    let mut words = arguments.words.iter().map(String::as_str);
    let Some(name) = words.next() else {
        registry.names().for_each(|name| println!("{name}"));
        return Ok(());
    };
    let entry = registry.get(name).context("no such command")?;
    let words: Vec<_> = words.collect();
    let (mut out, mut error) = (String::new(), String::new());
    let outcome = entry.command.run(&words, &mut out, &mut error);
    ensure!(outcome == Outcome::Done, "{name}: {error}");
    print!("{out}");
    Ok(())
}

/// The program's log. It is not installed: crab installs its own, and
/// a process has one.
static LOGGER: LazyLock<env_logger::Logger> =
    LazyLock::new(|| env_logger::Builder::from_default_env().build());

struct Lines;

impl Log for Lines {
    fn enabled(&self, level: Level) -> bool {
        level == Level::Error
    }

    fn log(&self, _: Level, message: &str) {
        let mut record = Record::builder();
        record.level(log::Level::Error);
        let message = format_args!("{message}");
        log::Log::log(&*LOGGER, &record.args(message).build());
    }
}
