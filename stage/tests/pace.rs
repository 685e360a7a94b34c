//! Which notes take longer than their slides are shown.

use preflight::{Slide, read, too_fast};

/// A deck of one slide, which has 30 seconds.
fn deck(words: usize, prompts: &str) -> Vec<Slide> {
    let words = "word ".repeat(words);
    let text = format!(
        "# One\n\n```console\n$ true; \\\n    false\n```\n\n<!--\n\
         30 seconds\nLightning: 15 seconds\n\n\
         Note: {words}\n{prompts}\n-->\n"
    );
    read("deck.md", &text).expect("a deck")
}

fn in_the_talk(slides: &[Slide]) -> String {
    too_fast(slides, |note| Some(note.seconds)).join("\n")
}

/// The slide shows one command, which is typed: that is half of its time.
#[test]
fn more_words_than_a_speaker_says_in_the_time_are_reported() {
    assert_eq!(in_the_talk(&deck(35, "")), "");
    assert_eq!(
        in_the_talk(&deck(36, "")),
        "slide 1: 36 words and 1 commands take 31 seconds, not 30"
    );
    let ask = deck(30, "Ask: one two three four five six?");
    assert!(in_the_talk(&ask).starts_with("slide 1: 36 words"));
}

#[test]
fn a_command_takes_time_unless_it_is_optional() {
    let two = "Demo: `echo`\nShows: `a b c`";
    assert_eq!(in_the_talk(&deck(0, two)), "");
    assert_eq!(
        in_the_talk(&deck(1, two)),
        "slide 1: 1 words and 2 commands take 31 seconds, not 30"
    );
    let optional = two.replace("Demo", "Optional");
    assert_eq!(in_the_talk(&deck(35, &optional)), "");
    let shown = "Optional: `true; false`";
    assert_eq!(in_the_talk(&deck(70, shown)), "");
    assert_ne!(in_the_talk(&deck(71, shown)), "");
}

#[test]
fn a_talk_is_the_slides_that_have_a_time_in_it() {
    let slides = deck(1, "");
    let lightning = too_fast(&slides, |note| note.lightning);
    assert_eq!(
        lightning,
        ["slide 1: 1 words and 1 commands take 16 seconds, not 15"]
    );
    assert!(too_fast(&slides, |_| None).is_empty());
}

/// Others read it, or it is read at home.
#[test]
fn what_is_for_the_handout_is_not_said() {
    let line = format!("Handout: {}.", "word ".repeat(99).trim_end());
    let slides = deck(35, &line);
    assert_eq!(in_the_talk(&slides), "");
    let [handout] = &slides[0].note.handout[..] else { panic!() };
    assert_eq!(handout.split(' ').count(), 99);
}
