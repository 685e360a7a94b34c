//! The filter as a host gets it: through the interface, and without any
//! host.

use filter_api::nutshell_plugin::Outcome;
use filter_api::{Guarded, Picture};

// ANCHOR: registered
/// Registers with a host that is nothing but a list.
fn registered() -> &'static dyn Guarded {
    let (mut host, mut error) = (Vec::new(), String::new());
    let outcome =
        filter_api::register(blur::register, &mut host, &mut error);
    assert_eq!((outcome, &*error), (Outcome::Done, ""));
    host.pop().expect("a filter")
}
// ANCHOR_END: registered

/// Applies the filter to a picture of three rows, until the user
/// cancels after so many. Returns the picture and how the call ended.
fn apply(numbers: &[f64], rows: usize) -> ([u8; 3], Outcome, String) {
    let mut pixels = [0, 90, 0].map(|red| [red, 0, 0, 255]);
    let mut goes_on = |row| row < rows;
    let mut picture = Picture {
        width: 1,
        pixels: &mut pixels,
        goes_on: &mut goes_on,
    };
    let mut error = String::new();
    let filter = registered();
    let outcome = filter.apply(&mut picture, numbers, &mut error);
    (pixels.map(|[red, ..]| red), outcome, error)
}

// ANCHOR: tests
#[test]
fn it_registers_a_filter_with_a_radius() {
    let about = registered().about();
    let names: Vec<_> =
        about.parameters.iter().map(|(name, ..)| *name).collect();
    assert_eq!((about.name, &names[..]), ("blur", &["radius"][..]));
}

#[test]
fn each_pixel_is_mixed_with_its_neighbours() {
    let (reds, outcome, _) = apply(&[1.0], 3);
    assert_eq!((reds, outcome), ([45, 30, 45], Outcome::Done));
}

#[test]
fn whoever_cancels_need_not_wait() {
    let (_, outcome, error) = apply(&[1.0], 1);
    assert_eq!((outcome, &*error), (Outcome::Failed, "cancelled"));
}

#[test]
fn a_panic_stays_in_the_plugin() {
    let (_, outcome, error) = apply(&[], 3);
    assert_eq!(outcome, Outcome::Panicked);
    assert!(error.contains("index out of bounds"), "{error}");
}
// ANCHOR_END: tests
