//! Filters that go on until somebody cancels them: one that listens, and
//! one that does not.

use std::thread;
use std::time::Duration;

use filter_api::{About, Filter, Picture, Result};

filter_api::plugin!(|host| {
    host.offer(Patient)?;
    host.offer(Stubborn)
});

struct Patient;

impl Filter for Patient {
    const ABOUT: About =
        About { name: "patient", help: "waits", parameters: &[] };

    fn apply(&self, picture: &mut Picture, _: &[f64]) -> Result {
        picture.pixels.fill([0; 4]);
        eprintln!("waiting");
        loop {
            picture.done(0)?;
            thread::sleep(Duration::from_millis(1));
        }
    }
}

struct Stubborn;

impl Filter for Stubborn {
    const ABOUT: About =
        About { name: "stubborn", help: "waits", parameters: &[] };

    fn apply(&self, picture: &mut Picture, _: &[f64]) -> Result {
        let mut times = 0;
        loop {
            if picture.done(0).is_err() && times == 0 {
                times += 1;
                eprintln!("heard it");
            } else if times == 0 {
                eprintln!("waiting");
            }
            thread::sleep(Duration::from_millis(1));
        }
    }
}
