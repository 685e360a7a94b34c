//! A filter whose name nobody can type.

use filter_api::{About, Filter, Picture, Result};

filter_api::plugin!(|host| host.offer(Misnamed));

struct Misnamed;

impl Filter for Misnamed {
    const ABOUT: About =
        About { name: "a\u{1b}[31m b", help: "", parameters: &[] };

    fn apply(&self, _: &mut Picture, _: &[f64]) -> Result {
        Ok(())
    }
}
