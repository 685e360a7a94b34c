//! Work that goes on after the command that started it has returned.

use std::fmt::Write;
use std::sync::LazyLock;
use std::time::Duration;

use command_api::Result;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::time::timeout;

use crate::{RUNTIME, steep};

// ANCHOR: background
/// Where the plugin's thread puts the cups, and `pour` takes them from.
static TABLE: LazyLock<(Sender<String>, Mutex<Receiver<String>>)> =
    LazyLock::new(|| {
        let (put, take) = mpsc::channel(10);
        (put, Mutex::new(take))
    });

/// Returns at once; the plugin's own thread brews the tea.
pub fn order(words: &[&str], out: &mut dyn Write) -> Result {
    let tea = words.join(" ");
    RUNTIME.spawn(async { TABLE.0.send(steep(tea).await).await });
    Ok(writeln!(out, "the kettle is on")?)
}

/// Waits for the next cup, but only for that many milliseconds.
pub fn pour(words: &[&str], out: &mut dyn Write) -> Result {
    let patience = Duration::from_millis(words.concat().parse()?);
    let cup = RUNTIME.block_on(async {
        let mut table = TABLE.1.lock().await;
        timeout(patience, table.recv()).await
    });
    let cup = cup.ok().flatten().ok_or("no tea")?;
    Ok(writeln!(out, "{cup}")?)
}
// ANCHOR_END: background

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_poured_once() {
        let mut out = String::new();
        order(&["green", "tea"], &mut out).unwrap();
        pour(&["60000"], &mut out).unwrap();
        assert_eq!(out, "the kettle is on\na cup of green tea\n");
        let again = pour(&["1"], &mut out).unwrap_err();
        assert_eq!(again.to_string(), "no tea");
    }
}
