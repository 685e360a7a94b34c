//! A plugin with a tokio runtime of its own. `brew` waits for its async
//! work, the commands in [`background`] leave it to the plugin's thread,
//! and `spawn` makes the mistake of using no runtime.

mod background;

use std::fmt::Write;
use std::sync::LazyLock;
use std::time::Duration;

use command_api::{Initializer, Logger, Result};
use tokio::runtime::{Builder, Runtime};
use tokio::time::sleep;

command_api::plugin!(register);

fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("brew", "brew a cup of each", brew)?;
    init.command("order", "brew a cup meanwhile", background::order)?;
    init.command("pour", "wait N ms for a cup", background::pour)?;
    init.command("spawn", "brew without a runtime", spawn)?;
    Ok(())
}

// ANCHOR: runtime
/// Starts when a command first needs it, and has one thread. A static
/// is never dropped, so the runtime lasts until the process ends.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(1).enable_time();
    builder.build().expect("a runtime can be started")
});
// ANCHOR_END: runtime

// ANCHOR: brew
/// Brews all cups at once. The caller waits until they are ready.
fn brew(teas: &[&str], out: &mut dyn Write) -> Result {
    RUNTIME.block_on(async {
        let teas = teas.iter().map(|tea| tea.to_string());
        let cups: Vec<_> =
            teas.map(|tea| tokio::spawn(steep(tea))).collect();
        for cup in cups {
            writeln!(out, "{}", cup.await?)?;
        }
        Ok(())
    })
}

async fn steep(tea: String) -> String {
    sleep(Duration::from_millis(20)).await;
    format!("a cup of {tea}")
}
// ANCHOR_END: brew

// ANCHOR: spawn
/// Forgets the runtime: a command is called from outside of it.
fn spawn(words: &[&str], out: &mut dyn Write) -> Result {
    tokio::spawn(steep(words.join(" ")));
    Ok(writeln!(out, "the kettle is on")?)
}
// ANCHOR_END: spawn

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brew_waits_for_every_cup() {
        let mut out = String::new();
        brew(&["green tea", "mint"], &mut out).unwrap();
        assert_eq!(out, "a cup of green tea\na cup of mint\n");
    }

    #[test]
    #[should_panic(expected = "there is no reactor running")]
    fn spawn_finds_no_runtime() {
        let _ = spawn(&["mint"], &mut String::new());
    }
}
