//! A plugin whose registration fails, and says how often it was asked.

use std::sync::atomic::{AtomicU32, Ordering};

use tea_api::Result;
use tea_api::nutshell_plugin::BoxError;

static ASKED: AtomicU32 = AtomicU32::new(0);

fn no_tea() -> Result {
    let times = ASKED.fetch_add(1, Ordering::Relaxed) + 1;
    Err(BoxError::from(format!("no tea, asked {times} time")))
}

tea_api::plugin!(|_| no_tea());
