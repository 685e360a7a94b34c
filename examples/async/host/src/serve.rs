//! The host waits and the plugin works, so the plugin needs no runtime.
//! Each order has a span of the host.

use anyhow::Result;
use tokio::sync::mpsc;
use tokio::task;
use tracing::info_span;

use crate::plugins::Plugins;

// ANCHOR: serve
/// Calls the plugin for each order that arrives.
pub async fn serve(plugins: Plugins, teas: Vec<String>) -> Result<()> {
    let (guest, mut orders) = mpsc::channel(1);
    task::spawn(async move {
        for tea in teas {
            guest.send(tea).await?;
        }
        anyhow::Ok(())
    });
    while let Some(tea) = orders.recv().await {
        let span = info_span!("order", letters = tea.len());
        let steep = move || {
            let _entered = span.enter();
            plugins.call("steep", &[&tea])
        };
        println!("{}", task::spawn_blocking(steep).await??);
    }
    Ok(())
}
// ANCHOR_END: serve
