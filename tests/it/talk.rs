//! What the deck shows and promises, in its notes as well.

mod readme;

use std::env;
use std::fs;

use preflight::{
    Ended, Note, Slide, Step, chapters, script, steps, too_fast,
};

use crate::fences;
use crate::support::{built_async, files, root};
use crate::unix::sh;

fn read(file: &str) -> String {
    let text = fs::read_to_string(root().join(file));
    text.unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn slides() -> Vec<Slide> {
    preflight::read("slides.md", &read("slides.md"))
        .unwrap_or_else(|mistakes| panic!("{}", mistakes.join("\n")))
}

#[test]
fn what_the_deck_shows_is_real() {
    assert_eq!(sh("make example1 example2").code, Some(0));
    fences::check("slides.md");
}

#[test]
fn the_deck_follows_the_outline_of_the_go_talk() {
    let slides = slides();
    let mut chapters: Vec<_> =
        slides.iter().map(|slide| &*slide.chapter).collect();
    chapters.dedup();
    assert_eq!(
        chapters,
        [
            "Rust Plugins in a Nutshell",
            "What for?",
            "When, where?",
            "How?",
            "Why though?",
            "Gotchas",
            "Good practices",
            // Go's talk has no numbers.
            "What does it cost?",
            "Thank you",
        ]
    );
}

/// A slide opens a chapter, or says something of its own.
#[test]
fn every_slide_in_a_chapter_has_a_headline() {
    let slides = slides();
    for pair in slides.windows(2) {
        let [before, slide] = pair else { unreachable!() };
        let is_new = before.chapter != slide.chapter;
        let Slide { number, headline, .. } = slide;
        assert!(is_new || !headline.is_empty(), "slide {number}");
    }
}

#[test]
fn every_command_on_the_slides_and_in_the_notes_prints_what_it_should()
{
    assert_eq!(sh("make example1 example2").code, Some(0));
    let steps = steps(&slides());
    for step in &steps {
        let ended = sh(&script(&step.command));
        let Step { slide, command, .. } = step;
        let ended = Ended { code: ended.code, output: ended.out };
        step.check(&ended).unwrap_or_else(|reason| {
            panic!("slide {slide}: {command}\n{reason}")
        });
    }
    assert!(steps.len() >= 10, "only {} demos", steps.len());
}

/// The minutes at the start of each slide's notes.
#[test]
fn the_minutes_in_the_notes_add_up_to_what_the_readme_promises() {
    let seconds: u32 = slides().iter().map(|s| s.note.seconds).sum();
    assert_eq!(seconds % 60, 0, "{seconds} seconds");
    let promise = format!("the talk takes {} minutes", seconds / 60);
    let readme = read("README.md").replace('\n', " ");
    assert!(readme.contains(&promise), "{promise}");
}

/// The talk's time of a slide, and the lightning talk's.
const TALKS: [fn(&Note) -> Option<u32>; 2] =
    [|note| Some(note.seconds), |note| note.lightning];

#[test]
fn the_talk_takes_20_minutes_and_the_lightning_talk_5() {
    let slides = slides();
    let notes = || slides.iter().map(|slide| &slide.note);
    let minutes =
        TALKS.map(|time| notes().filter_map(time).sum::<u32>() / 60);
    assert_eq!(minutes, [20, 5]);
}

/// At 140 words and with 15 seconds for each command.
#[test]
fn what_each_note_asks_for_fits_into_the_time_of_its_slide() {
    for time in TALKS {
        let mistakes = too_fast(&slides(), time);
        assert!(mistakes.is_empty(), "\n{}", mistakes.join("\n"));
    }
}

/// The commands for which the talk has time.
fn typed(deck: &str) -> Vec<String> {
    let slides = preflight::read("slides.md", deck).expect("a deck");
    let mut steps = steps(&slides);
    steps.retain(|step| !step.is_optional);
    steps.into_iter().map(|step| step.command).collect()
}

#[test]
fn at_most_five_demos_are_typed_in_the_talk() {
    let deck = read("slides.md");
    let typed_now = typed(&deck);
    assert!(typed_now.len() <= 5, "{typed_now:#?}");
    let all = deck.replace("\nOptional", "\nDemo");
    assert!(typed(&all).len() > 5);
}

/// Words that a listener may not know, and how they are explained.
const TERMS: &[(&str, &str)] = &[
    ("ABI", "ABI: how data lies in memory"),
    ("cdylib", "library that any language can open"),
    ("constructors", "code that the loader runs on opening"),
    ("descriptor", "descriptor, text in a section"),
    ("symbol", "a symbol, a name with an address behind it"),
];

/// The terms that a slide uses, in words that are seen or heard, before
/// they are explained.
fn unexplained(texts: &[String]) -> Vec<&'static str> {
    let first = |words: &str| {
        texts.iter().position(|text| text.contains(words))
    };
    let mut early = Vec::new();
    for (term, explanation) in TERMS {
        let Some(used) = first(term) else { continue };
        if first(explanation).is_none_or(|explained| used < explained) {
            early.push(*term);
        }
    }
    early
}

#[test]
fn neither_talk_uses_a_term_before_it_is_explained() {
    for time in TALKS {
        let slides = slides();
        let shown = slides.iter().filter(|s| time(&s.note).is_some());
        let mut texts: Vec<_> = shown
            .map(|slide| {
                let mut lines: Vec<_> = slide.text.lines().collect();
                lines.retain(|line| !line.starts_with("Handout: "));
                lines.join("\n")
            })
            .collect();
        assert_eq!(unexplained(&texts), [""; 0]);

        texts.insert(0, "The descriptor of a symbol".to_owned());
        assert_eq!(unexplained(&texts), ["descriptor", "symbol"]);
        texts.retain(|text| !text.contains("ABI: "));
        texts.push("Rust has no stable ABI".to_owned());
        assert_eq!(unexplained(&texts)[0], "ABI");
    }
}

/// What is wrong with what a slide says in the audience's handout: one
/// to three sentences, with a link to a page of the book.
fn handout_mistakes(handout: &[String]) -> Vec<String> {
    let mut mistakes = Vec::new();
    if !(1..=3).contains(&handout.len()) {
        mistakes.push(format!("{} sentences", handout.len()));
    }
    for sentence in handout {
        let first = sentence.trim_start_matches('[');
        let begins = first.starts_with(char::is_uppercase);
        let marks = [". ", "? ", "! "].map(|m| sentence.matches(m));
        let inside = marks.into_iter().flatten().count();
        if !begins || !sentence.ends_with('.') || inside > 0 {
            mistakes.push(format!("not one sentence: {sentence}"));
        }
    }
    if !handout.iter().any(|sentence| sentence.contains("](")) {
        mistakes.push("no link".to_owned());
    }
    mistakes
}

#[test]
fn each_slide_has_up_to_three_sentences_and_a_link_for_the_audience() {
    for Slide { number, note, .. } in slides() {
        let mistakes = handout_mistakes(&note.handout);
        assert_eq!(mistakes, [""; 0], "slide {number}");
    }
    let link = "See [How?](book/how.html).";
    for (handout, mistakes) in [
        (&[link][..], &[][..]),
        (&[], &["0 sentences", "no link"]),
        (&[link; 4], &["4 sentences"]),
        (&["One. Two.", link], &["not one sentence: One. Two."]),
        (&["one.", link], &["not one sentence: one."]),
        (&["One", link], &["not one sentence: One"]),
    ] {
        let handout: Vec<_> =
            handout.iter().map(|line| (*line).to_owned()).collect();
        assert_eq!(handout_mistakes(&handout), mistakes);
    }
}

#[test]
fn each_slide_leads_to_pages_of_the_book_by_their_headings() {
    let book = root().join("book/src");
    let mut slides = slides();
    let table = chapters(&slides, &book).unwrap();
    assert_eq!(table.lines().count(), slides.len() + 2);
    for (handout, mistake) in [
        (
            "See [How?](book/hwo.html).",
            "no page of the book: book/hwo.html",
        ),
        ("See [How?](how.html).", "no page of the book: how.html"),
        (
            "See [How](book/what-for.html).",
            "the link `How` leads to a page with another heading: # ",
        ),
    ] {
        slides[0].note.handout = vec![handout.to_owned()];
        let mistakes = chapters(&slides, &book).unwrap_err();
        let begins = format!("slide 1: {mistake}");
        assert!(mistakes[0].starts_with(&begins), "{mistakes:?}");
        assert_eq!(mistakes.len(), 1);
    }
}

/// The README has the sum, and a page of the book the list.
#[test]
fn the_lightning_talk_is_as_the_readme_promises() {
    let slides = slides();
    let times = || slides.iter().filter_map(|s| s.note.lightning);
    let seconds: u32 = times().sum();
    assert_eq!(seconds % 60, 0, "{seconds} seconds");
    let promise = format!(
        "The lightning talk takes {} minutes and {} slides",
        seconds / 60,
        times().count()
    );
    let readme = read("README.md").replace('\n', " ");
    assert!(readme.contains(&promise), "{promise}");
    let page = read("book/src/giving.md");
    assert!(page.contains("\n<!-- cmdrun cd ../.. && target/debug/preflight --lightning -->\n"));
}

/// The chart is drawn from what was measured, and says so in words.
#[test]
fn the_numbers_on_a_slide_are_those_of_the_chart() {
    let chart = read("assets/numbers.svg");
    let (_, said) =
        chart.split_once("<desc id=\"numbers-d\">").unwrap();
    let (said, _) = said.split_once("</desc>").unwrap();
    let folder = said.split(". ").find(|part| part.contains("plugins"));
    let folder = folder.expect("a folder of plugins");
    let value = |language: &str| {
        let (_, rest) = folder.split_once(language).expect(language);
        rest.split(',').next().expect("a value").trim().to_owned()
    };
    let plugins = folder.strip_prefix("load ").expect("what is done");
    let (plugins, _) = plugins.split_once(':').expect("how many");
    let (rust, go) = (value("Rust "), value("Go "));
    let headline =
        format!("## {plugins} load in {rust}, in Go in {go}\n");
    let image = format!("![{said}](assets/numbers.svg)");
    let slides = read("slides.md");
    assert!(slides.contains(&headline), "not: {headline}");
    assert!(slides.contains(&image), "not: {image}");
}

/// The code of the deck fits a slide without being shrunk.
#[test]
fn no_slide_shows_more_than_15_lines_of_72_columns() {
    let mut fence = None;
    for (number, line) in (1..).zip(read("slides.md").lines()) {
        if line.starts_with("```") {
            fence = match fence {
                None => Some(0),
                Some(lines) => {
                    let place = format!("slides.md:{number}");
                    assert!(lines <= 15, "{place}: {lines} lines");
                    None
                }
            };
        } else if let Some(lines) = &mut fence {
            *lines += 1;
            let columns = line.chars().count();
            assert!(columns <= 72, "slides.md:{number}: {columns}");
        }
    }
}

/// The compiler notes which files it has read.
#[test]
fn every_rust_file_that_is_shown_is_compiled() {
    let mut compiled = String::new();
    let of_tests = env::current_exe().expect("this program");
    let of_tests = of_tests.parent().expect("a folder").to_owned();
    let built = ["deps", "examples"].map(|f| built_async().join(f));
    for folder in built.into_iter().chain([of_tests]) {
        for file in fs::read_dir(folder).expect("it was built") {
            let path = file.expect("a file").path();
            if path.extension().is_some_and(|end| end == "d") {
                compiled += &fs::read_to_string(path).expect("text");
            }
        }
    }
    let mut shown = read("slides.md") + &read("README.md");
    for (file, text) in files(".md") {
        if file.starts_with("book/src/") {
            shown += &text;
        }
    }
    let mut count = 0;
    for word in shown.split([' ', '`', '\n', '(', ')', '{', '}']) {
        let file = word.trim_start_matches("../");
        let whole = word != file && file.ends_with(".rs");
        let Some((file, anchor)) = file
            .split_once(".rs#")
            .or(file.split_once(".rs:"))
            .or(whole.then(|| (file.trim_end_matches(".rs"), "all")))
        else {
            continue;
        };
        // A line that some output names.
        if anchor.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        // `make gotchas`, `make lint` and tests compile these, into folders
        // of their own; two of them must not compile.
        if file.starts_with("tests/plugins/in_c/")
            || file.starts_with("tests/plugins/kettle/")
            || file.starts_with("tests/recorded/")
            || file.starts_with("bench/alternatives/")
            || file.starts_with("bench/rust/")
            || file.starts_with("bench/src/")
            || file.starts_with("examples/gotchas/shared-runtime/")
            || file.starts_with("examples/02-registration/images/")
            || file
                .starts_with("examples/03-darkroom/plugins/blur/tests/")
            || file.starts_with("tests/from-scratch/")
            || file.starts_with("tests/your-own/")
            // For Windows; `make cross` compiles it.
            || file == "crates/host/src/system/windows"
            || file == "examples/gotchas/host/wrong/outlive"
            || file == "examples/gotchas/plugins/wrong_register"
        {
            continue;
        }
        let file = format!("{file}.rs");
        let is_compiled = compiled.contains(&format!(" {file}"))
            || compiled.contains(&format!("/{file}"));
        assert!(is_compiled, "{file}: is shown, but never compiled");
        count += 1;
    }
    assert!(count > 20, "only {count} found");
}
