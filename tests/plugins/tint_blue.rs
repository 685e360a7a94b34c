//! Tints a picture blue: the next build of a filter, after `tint_red.rs`.

use filter_api::{About, Filter, Picture, Result};

filter_api::plugin!(|host| host.offer(Tint));

struct Tint;

impl Filter for Tint {
    const ABOUT: About =
        About { name: "tint", help: "tints it blue", parameters: &[] };

    fn apply(&self, picture: &mut Picture, _: &[f64]) -> Result {
        picture.pixels.fill([0, 0, 255, 255]);
        picture.done(0)
    }
}
