//! Makes a picture look old: a filter for version 1 of the interface,
//! which cannot be cancelled.

use filter_api::{About, Filter, Picture, Result};

filter_api::plugin!(|host| host.offer(Old));

struct Old;

impl Filter for Old {
    const ABOUT: About = About {
        name: "old",
        help: "makes the picture look old",
        parameters: &[("years", 0.0..=100.0, 50.0)],
    };

    fn apply(&self, picture: &mut Picture, numbers: &[f64]) -> Result {
        let age = numbers[0] / 100.0;
        for [red, green, blue, _] in picture.pixels.iter_mut() {
            let [r, g, b] = [*red, *green, *blue].map(f64::from);
            let grey = 0.21 * r + 0.72 * g + 0.07 * b;
            let mix = |part: f64, tint: f64| {
                (part + age * (grey * tint - part)).min(255.0) as u8
            };
            [*red, *green, *blue] =
                [mix(r, 1.2), mix(g, 1.0), mix(b, 0.7)];
        }
        Ok(())
    }
}
