//! Whether what a note asks for can be said and typed in its time.

use crate::note::Note;
use crate::slides::Slide;
use crate::steps::steps;

/// How many words a speaker says whom everybody can follow.
const WORDS_A_MINUTE: usize = 140;

/// How many seconds it takes to type a command and to look at its output.
const SECONDS_A_COMMAND: usize = 15;

/// The slides that are shown for a shorter time than their notes need,
/// each in a sentence. `time` gives the seconds of a slide in this talk,
/// or nothing if the slide is not in it.
pub fn too_fast(
    slides: &[Slide],
    time: impl Fn(&Note) -> Option<u32>,
) -> Vec<String> {
    let steps = steps(slides);
    let mut found = Vec::new();
    for Slide { number, note, .. } in slides {
        let Some(time) = time(note) else { continue };
        let commands = steps
            .iter()
            .filter(|step| step.slide == *number && !step.is_optional)
            .count();
        let words = note.words;
        let needed = (words * 60).div_ceil(WORDS_A_MINUTE)
            + commands * SECONDS_A_COMMAND;
        if needed > time as usize {
            found.push(format!(
                "slide {number}: {words} words and {commands} commands \
                 take {needed} seconds, not {time}"
            ));
        }
    }
    found
}
