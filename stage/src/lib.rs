//! Reads the deck and says what is run on stage, and what it must print.
//!
//! The tests of the deck and `make preflight` share this reader, so that
//! they cannot disagree on what a slide or a note promises. They share
//! the list of the repository's files, too.

mod chapters;
mod demos;
pub mod fences;
mod files;
mod note;
mod pace;
mod slides;
mod steps;
mod timetable;

pub use chapters::chapters;
pub use demos::{Outcome, demos};
pub use files::{files, lines_of_code};
pub use note::{Demo, Note};
pub use pace::too_fast;
pub use slides::{Slide, read};
pub use steps::{Ended, Step, script, steps};
pub use timetable::{lightning, timetable};
