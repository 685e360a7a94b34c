//! What all hosts do in the same way: they open the plugin that is named
//! first, and call it as often as is said second, and time both.

use std::env;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, ensure};

/// What every plugin is asked, and what it has to answer: 20 bytes go
/// over, and 21 come back.
const TEXT: &str = "hello from the host!";
const SHOUTED: &str = "HELLO FROM THE HOST!!";

/// Calls the plugin: a text goes over, and its answer is added to a text
/// of the host.
pub type Shout = Box<dyn FnMut(&str, &mut String) -> Result<()>>;

/// Prints the nanoseconds from before `open` to the first answer, and
/// those of all later calls.
///
/// # Errors
/// If the plugin cannot be opened or called, or gives a wrong answer.
pub fn measure(
    open: impl FnOnce(&Path) -> Result<Shout>,
) -> Result<()> {
    let words: Vec<_> = env::args_os().skip(1).collect();
    let [plugin, times] = &words[..] else {
        anyhow::bail!("usage: host PLUGIN TIMES");
    };
    let times: u32 = times.to_str().context("TIMES")?.parse()?;

    let start = Instant::now();
    let mut shout = open(Path::new(plugin))?;
    let mut said = String::new();
    shout(TEXT, &mut said)?;
    let loaded = start.elapsed();
    ensure!(said == SHOUTED, "{said}: a wrong answer");

    let start = Instant::now();
    for _ in 0..times {
        said.clear();
        shout(TEXT, &mut said)?;
    }
    let called = start.elapsed();
    ensure!(said == SHOUTED, "{said}: a wrong answer");
    println!("{} {}", loaded.as_nanos(), called.as_nanos());
    Ok(())
}
