//! Another tea. It tells of each cup before that, and takes what is
//! added.

use tea_api::{Done, Result, Tea};

struct Darjeeling;

impl Tea for Darjeeling {
    fn name(&self) -> &str {
        "Darjeeling"
    }

    fn brew(&self, cups: &mut [f64], done: Done) {
        for (n, cup) in cups.iter_mut().enumerate() {
            done(n);
            *cup = 2.0;
        }
    }

    fn add(&self, _: &str) -> Result {
        Ok(())
    }
}

tea_api::plugin!(|host| host.offer(Darjeeling));
