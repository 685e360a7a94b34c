//! Tints a picture red: the first build of a filter.

use filter_api::{About, Filter, Picture, Result};

filter_api::plugin!(|host| host.offer(Tint));

struct Tint;

impl Filter for Tint {
    const ABOUT: About =
        About { name: "tint", help: "tints it red", parameters: &[] };

    fn apply(&self, picture: &mut Picture, _: &[f64]) -> Result {
        picture.pixels.fill([255, 0, 0, 255]);
        picture.done(0)
    }
}
