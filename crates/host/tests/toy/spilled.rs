//! A tea whose methods panic, the first after a cup.

use tea_api::{Done, Result, Tea};

struct Spilled;

impl Tea for Spilled {
    fn name(&self) -> &str {
        "Spilled"
    }

    fn brew(&self, cups: &mut [f64], done: Done) {
        cups[0] = 1.0;
        done(1);
        panic!("the pot is empty after {} cup", cups[0]);
    }

    fn add(&self, what: &str) -> Result {
        panic!("the {what} is sour")
    }
}

tea_api::plugin!(|host| host.offer(Spilled));
