//! Panics half-way: after the middle, it takes rows that do not exist.

use filter_api::{About, Filter, Picture, Result};

filter_api::plugin!(|host| host.offer(Clumsy));

struct Clumsy;

impl Filter for Clumsy {
    const ABOUT: About = About {
        name: "clumsy",
        help: "wants to pull the picture upwards, and drops it",
        parameters: &[],
    };

    // ANCHOR: apply
    fn apply(&self, picture: &mut Picture, _: &[f64]) -> Result {
        let width = picture.width;
        for row in 0..picture.pixels.len() / width {
            for at in row * width..(row + 1) * width {
                picture.pixels[at] = picture.pixels[at + row * width];
            }
            picture.done(row)?;
        }
        Ok(())
    }
    // ANCHOR_END: apply
}
