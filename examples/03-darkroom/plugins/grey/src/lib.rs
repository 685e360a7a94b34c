//! Takes the colours out of a picture: a whole plugin.

use filter_api::{About, Filter, Picture, Result};

filter_api::plugin!(|host| host.offer(Grey));

struct Grey;

impl Filter for Grey {
    const ABOUT: About = About {
        name: "grey",
        help: "takes the colours out",
        parameters: &[],
    };

    fn apply(&self, picture: &mut Picture, _: &[f64]) -> Result {
        for [red, green, blue, _] in picture.pixels.iter_mut() {
            // As bright as the eye sees each of them.
            let [r, g, b] = [*red, *green, *blue].map(u32::from);
            let grey = (r * 54 + g * 183 + b * 19) / 256;
            [*red, *green, *blue] = [grey as u8; 3];
        }
        Ok(())
    }
}
