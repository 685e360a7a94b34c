//! A tea that panics when it is asked for its name.

use tea_api::{Done, Result, Tea};

struct Nameless;

impl Tea for Nameless {
    fn name(&self) -> &str {
        panic!("what was it called?")
    }

    fn brew(&self, _: &mut [f64], _: Done) {}

    fn add(&self, _: &str) -> Result {
        Ok(())
    }
}

tea_api::plugin!(|host| host.offer(Nameless));
