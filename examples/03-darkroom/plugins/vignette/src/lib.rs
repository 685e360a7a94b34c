//! Darkens the corners of a picture. This plugin has an allocator of
//! its own, and nobody notices: nothing owned crosses.

use filter_api::{About, Filter, Picture, Result};

// ANCHOR: allocator
#[cfg(not(target_os = "freebsd"))] // which dlmalloc does not know
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;
// ANCHOR_END: allocator

filter_api::plugin!(|host| host.offer(Vignette));

struct Vignette;

impl Filter for Vignette {
    const ABOUT: About = About {
        name: "vignette",
        help: "darkens the corners",
        parameters: &[("strength", 0.0..=1.0, 0.7)],
    };

    fn apply(&self, picture: &mut Picture, numbers: &[f64]) -> Result {
        let width = picture.width;
        let across = squares(width);
        let down = squares(picture.pixels.len() / width);
        for (row, y) in down.iter().enumerate() {
            let pixels = &mut picture.pixels[row * width..][..width];
            for (pixel, x) in pixels.iter_mut().zip(&across) {
                let far = (x + y) / 2.0; // 1 in the corners
                let light = 1.0 - numbers[0] * far;
                for part in &mut pixel[..3] {
                    *part = (f64::from(*part) * light) as u8;
                }
            }
            picture.done(row)?;
        }
        Ok(())
    }
}

/// The squares of how far each pixel of a line is from the middle.
fn squares(length: usize) -> Vec<f64> {
    let middle = length as f64 / 2.0;
    let square = |at| ((at as f64 + 0.5 - middle) / middle).powi(2);
    (0..length).map(square).collect()
}
