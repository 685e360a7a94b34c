//! A process of its own: a line comes, a line goes.

use std::io::{self, Write};

// ANCHOR: plugin
fn main() -> io::Result<()> {
    for line in io::stdin().lines() {
        let mut out = io::stdout().lock();
        writeln!(out, "{}!", line?.to_uppercase())?;
    }
    Ok(())
}
// ANCHOR_END: plugin
