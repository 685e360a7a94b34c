//! A whole plugin.

use tea_api::{Done, Result, Tea};

struct Assam;

impl Tea for Assam {
    fn name(&self) -> &str {
        "Assam"
    }

    fn brew(&self, cups: &mut [f64], done: Done) {
        cups.fill(1.0);
        done(cups.len());
    }

    fn add(&self, what: &str) -> Result {
        Err(format!("there is no {what} in Assam").into())
    }
}

tea_api::plugin!(|host| host.offer(Assam));
