//! `async-host DIR HOW`: a host that is a tokio program itself. HOW is
//! the way in which its tasks call the commands that the plugins of the
//! folder have registered: `tasks.rs` and `serve.rs` have a function for
//! each. `TOKIO_WORKER_THREADS=1` gives it one worker for all tasks.

mod plugins;
mod serve;
mod tasks;

use std::env;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use tokio::runtime::Builder;

const USAGE: &str = "\
usage: async-host DIR on-the-worker MS
       async-host DIR spawn-blocking MS
       async-host DIR spawn
       async-host DIR nested
       async-host DIR serve TEA...";

fn main() -> Result<ExitCode> {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let [folder, how @ ..] = &*words else { return Ok(usage()) };
    tracing_subscriber::fmt()
        .with_writer(io::stderr)
        .with_ansi(false)
        .without_time()
        .init();
    let plugins = plugins::load(Path::new(folder))?;
    let host = Builder::new_multi_thread().build()?;
    let task = match how {
        ["on-the-worker", ms] => {
            host.spawn(tasks::on_the_worker(plugins, ms.to_string()))
        }
        ["spawn-blocking", ms] => {
            host.spawn(tasks::spawn_blocking(plugins, ms.to_string()))
        }
        ["spawn"] => host.spawn(tasks::spawn(plugins)),
        ["nested"] => host.spawn(tasks::nested()),
        ["serve", teas @ ..] => {
            let teas = teas.iter().map(|tea| tea.to_string()).collect();
            host.spawn(serve::serve(plugins, teas))
        }
        _ => return Ok(usage()),
    };
    host.block_on(task)??;
    Ok(ExitCode::SUCCESS)
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(2)
}
