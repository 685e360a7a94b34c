//! When each slide begins and what is typed there, for whoever rehearses.

use crate::slides::Slide;
use crate::steps::steps;

/// A line for each slide, with the minute at which it begins, and one for
/// each command below it; an optional one says so.
pub fn timetable(slides: &[Slide]) -> String {
    let mut table = String::new();
    let mut seconds = 0;
    let steps = steps(slides);
    for slide in slides {
        let Slide { number, note, .. } = slide;
        let title = slide.title();
        table += &format!("{} {number:>3}  {title}\n", clock(seconds));
        for step in steps.iter().filter(|s| s.slide == *number) {
            let command = step.command.replace('\n', "\n          ");
            let mark = if step.is_optional { "optional" } else { "" };
            table += &format!("{mark:8}  $ {command}\n");
        }
        seconds += note.seconds;
    }
    table + &format!("{}      the end\n", clock(seconds))
}

/// Minutes and seconds, as in ` 1:30`.
pub fn clock(seconds: u32) -> String {
    format!("{:>2}:{:02}", seconds / 60, seconds % 60)
}

/// The slides of the lightning talk, each with the time at which it begins
/// there.
pub fn lightning(slides: &[Slide]) -> String {
    let mut table = String::new();
    let mut seconds = 0;
    for slide in slides {
        let Some(time) = slide.note.lightning else { continue };
        let Slide { number, .. } = slide;
        let title = slide.title();
        table += &format!("{} {number:>3}  {title}\n", clock(seconds));
        seconds += time;
    }
    table + &format!("{}      the end\n", clock(seconds))
}
