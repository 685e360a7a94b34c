//! Commands that are called from tasks of this host. A worker of its
//! runtime takes one task after the other, so a task that waits without
//! `.await` keeps its worker from all others.

use anyhow::Result;
use command_api::nutshell_plugin::guard;
use tokio::runtime::Builder;
use tokio::task;

use crate::plugins::Plugins;

// ANCHOR: on-the-worker
/// Calls `pour` on the worker, while another task waits to order.
pub async fn on_the_worker(plugins: Plugins, ms: String) -> Result<()> {
    let other = task::spawn(order(plugins));
    let poured = plugins.call("pour", &[&ms])?;
    report(&poured, &other.await??);
    Ok(())
}

async fn order(plugins: Plugins) -> Result<String> {
    plugins.call("order", &["green", "tea"])
}
// ANCHOR_END: on-the-worker

// ANCHOR: spawn-blocking
/// Calls `pour` on a thread that may wait, and frees the worker.
pub async fn spawn_blocking(
    plugins: Plugins,
    ms: String,
) -> Result<()> {
    let other = task::spawn(order(plugins));
    let pour = move || plugins.call("pour", &[&ms]);
    let poured = task::spawn_blocking(pour).await??;
    report(&poured, &other.await??);
    Ok(())
}
// ANCHOR_END: spawn-blocking

fn report(poured: &str, ordered: &str) {
    println!("pour:  {poured}\norder: {ordered}");
}

// ANCHOR: spawn
/// Spawns a task, and calls a command that spawns one, too.
pub async fn spawn(plugins: Plugins) -> Result<()> {
    let ours = task::spawn(async { "a task of the host" });
    let theirs = plugins.call("spawn", &["mint"])?;
    println!("{}\n{theirs}", ours.await?);
    Ok(())
}
// ANCHOR_END: spawn

// ANCHOR: nested
/// What a command of the plugin does, with this host's copy of tokio.
pub async fn nested() -> Result<()> {
    let runtime = Builder::new_current_thread().build()?;
    let runtime = Box::leak(Box::new(runtime));
    let mut error = String::new();
    let outcome = guard(&mut error, || -> command_api::Result {
        runtime.block_on(async {});
        Ok(())
    });
    println!("{outcome:?}: {error}");
    Ok(())
}
// ANCHOR_END: nested
