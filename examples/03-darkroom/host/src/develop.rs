//! Applies filters to a picture, which a failed filter does not change.

use filter_api::Picture;
use filter_api::nutshell_plugin::{Outcome, never_unwind};
use image::RgbaImage;

use crate::steps::Step;

/// Why a filter did not change the picture.
#[derive(Debug, PartialEq, Eq)]
pub enum Failure {
    /// The user did not want to wait for it.
    Cancelled,
    /// The filter failed or panicked.
    Failed(String),
}

// ANCHOR: develop
/// Applies a filter. `goes_on` is called after each row with its
/// number, and returns whether the filter should go on.
///
/// # Errors
/// If the filter fails, panics or is cancelled. Then the picture is the
/// same as before.
pub fn develop(
    picture: &mut RgbaImage,
    step: &Step,
    mut goes_on: impl FnMut(usize) -> bool,
) -> Result<(), Failure> {
    let mut copy = picture.clone();
    let width = copy.width() as usize;
    let (pixels, _) = copy.as_chunks_mut();
    let mut is_cancelled = false;
    let mut goes_on = |row| {
        let goes_on = never_unwind(false, || goes_on(row));
        is_cancelled |= !goes_on;
        goes_on
    };
    let mut error = String::new();
    let outcome = step.filter.apply(
        &mut Picture { width, pixels, goes_on: &mut goes_on },
        &step.numbers,
        &mut error,
    );
    if is_cancelled && outcome != Outcome::Panicked {
        return Err(Failure::Cancelled);
    }
    ended(outcome, &error).map_err(Failure::Failed)?;
    *picture = copy;
    Ok(())
}
// ANCHOR_END: develop

/// How a call into a plugin ended.
///
/// # Errors
/// What went wrong, if something did.
pub fn ended(outcome: Outcome, error: &str) -> Result<(), String> {
    match outcome {
        Outcome::Done => Ok(()),
        Outcome::Failed => Err(format!("failed: {error}")),
        Outcome::Panicked => Err(format!("panicked: {error}")),
    }
}
