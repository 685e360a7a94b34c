//! Blurs: each pixel becomes the mean of those around it.

use filter_api::{About, Filter, Host, Picture, Result};

filter_api::plugin!(register);

/// What the host calls. It has a name, so that tests can call it, too.
pub fn register(host: &mut dyn Host) -> Result {
    host.offer(Blur)
}

// ANCHOR: filter
pub struct Blur;

impl Filter for Blur {
    const ABOUT: About = About {
        name: "blur",
        help: "mixes each pixel with those around it",
        parameters: &[("radius", 0.0..=100.0, 4.0)],
    };

    fn apply(&self, picture: &mut Picture, numbers: &[f64]) -> Result {
        let radius = numbers[0] as usize;
        let (width, size) = (picture.width, picture.pixels.len());
        for row in 0..size / width {
            let start = row * width;
            blur(picture.pixels, start..start + width, 1, radius);
            picture.done(row / 2)?;
        }
        for column in 0..width {
            blur(picture.pixels, column..size, width, radius);
            picture.done((size + column * size / width) / width / 2)?;
        }
        Ok(())
    }
}
// ANCHOR_END: filter

/// Blurs one line of the picture, which has a pixel each `step`.
fn blur(
    pixels: &mut [[u8; 4]],
    line: std::ops::Range<usize>,
    step: usize,
    radius: usize,
) {
    let old: Vec<[u8; 4]> =
        line.clone().step_by(step).map(|at| pixels[at]).collect();
    // Of the pixels within the radius: how many, and their sums. A
    // pixel's colour counts as far as the pixel is opaque.
    let (mut count, mut sums) = (0, [0_u64; 4]);
    let mut add = |pixel: [u8; 4], is_new: bool| {
        let opacity = u64::from(pixel[3]);
        let [r, g, b, _] = pixel.map(|part| u64::from(part) * opacity);
        for (sum, part) in sums.iter_mut().zip([r, g, b, opacity]) {
            *sum = if is_new { *sum + part } else { *sum - part };
        }
        count = if is_new { count + 1 } else { count - 1 };
        let opacity = sums[3].max(1);
        let [r, g, b, _] = sums.map(|sum| (sum / opacity) as u8);
        [r, g, b, (sums[3] / count.max(1)) as u8]
    };
    let mut mean = [0; 4];
    for pixel in old.iter().take(radius) {
        mean = add(*pixel, true);
    }
    for (at, to) in line.step_by(step).enumerate() {
        if let Some(pixel) = old.get(at + radius) {
            mean = add(*pixel, true);
        }
        if at > radius {
            mean = add(old[at - radius - 1], false);
        }
        pixels[to] = mean;
    }
}

// ANCHOR: test
#[cfg(test)]
mod tests {
    #[test]
    fn a_pixel_becomes_the_mean_of_those_around_it() {
        let mut line = [0, 90, 0].map(|red| [red, 0, 0, 255]);
        super::blur(&mut line, 0..3, 1, 1);
        assert_eq!(line.map(|[red, ..]| red), [45, 30, 45]);
    }

    #[test]
    fn a_line_may_be_shorter_than_the_radius() {
        let mut line = [0, 90, 0].map(|red| [red, 0, 0, 255]);
        super::blur(&mut line, 0..3, 1, 100);
        assert_eq!(line, [[30, 0, 0, 255]; 3]);
    }
}
// ANCHOR_END: test
