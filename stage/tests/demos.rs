//! What the page with the output of the demos shows, and what it refuses.

use preflight::{Ended, Outcome, Slide, demos, read, steps};

fn slides() -> Vec<Slide> {
    let deck = include_str!("decks/optional.md");
    read("optional.md", deck).expect("a deck")
}

/// What came of the steps of that deck; the second one is given.
fn outcomes(second: (i32, &str, Result<(), String>)) -> Vec<Outcome> {
    let (code, output, check) = second;
    let ended = |code, output: &str| Ended {
        code: Some(code),
        output: output.to_owned(),
    };
    vec![
        (ended(0, "one\ntwo\n"), Ok(())),
        (ended(code, output), check),
        (ended(1, "four\n"), Ok(())),
    ]
}

fn page(second: (i32, &str, Result<(), String>)) -> String {
    demos(&slides(), &outcomes(second)).expect("a page")
}

#[test]
fn each_demo_has_its_slide_its_minute_its_command_and_its_output() {
    let page = page((0, "three\n", Ok(())));
    let mut rest = &*page;
    for part in [
        "<li class=\"optional\"><a href=\"#demo-1\"><kbd>a</kbd> \
         <span>optional</span> <span>slide 1</span> \
         <code>echo one; \\</code></a></li>",
        "<li class=\"typed\"><a href=\"#demo-2\"><kbd>1</kbd> \
         <span>0:00</span> <span>slide 1</span> \
         <code>echo three</code></a></li>",
        "<section id=\"demo-1\" class=\"optional\" data-key=\"a\"",
        "<kbd>a</kbd> How?</h2>\n<p>Slide 1, from 0:00, optional</p>",
        "<pre><b>$ echo one; \\\n    echo two</b>\none\ntwo\n<i></i></pre>",
        "<section id=\"demo-2\" class=\"typed\" data-key=\"1\"",
        "<kbd>1</kbd> How?</h2>\n<p>Slide 1, from 0:00</p>",
        "<pre><b>$ echo three</b>\nthree\n<i></i></pre>",
        "<pre><b>$ echo four; false</b>\nfour\n<i>exit code 1</i></pre>",
    ] {
        let at = rest.find(part);
        let at = at.unwrap_or_else(|| panic!("{part}\nnot in {rest}"));
        rest = &rest[at + part.len()..];
    }
    assert!(!page.contains("class=\"failed\""), "{page}");
}

#[test]
fn a_demo_whose_output_is_missing_makes_no_page() {
    let mut outcomes = outcomes((0, "three\n", Ok(())));
    outcomes.pop();
    assert_eq!(
        demos(&slides(), &outcomes),
        Err("slide 1: echo four; false: has no output".to_owned())
    );
}

#[test]
fn a_demo_that_failed_is_shown_as_failed_with_the_reason() {
    let slides = slides();
    let step = &steps(&slides)[1];
    for (code, output, shown) in [
        (
            0,
            "drei\n",
            "<p class=\"failed\">shown: three; real:  drei</p>\n\
             <pre><b>$ echo three</b>\ndrei\n<i></i></pre>",
        ),
        (
            7,
            "",
            "<p class=\"failed\">exit code 7, not 0</p>\n\
             <pre><b>$ echo three</b>\n<i>exit code 7</i></pre>",
        ),
    ] {
        let ended =
            Ended { code: Some(code), output: output.to_owned() };
        let check = step.check(&ended);
        let page = page((code, output, check));
        assert!(page.contains(shown), "{page}");
        assert_eq!(page.matches("class=\"failed\"").count(), 1);
        let line = "<kbd>1</kbd> <span><b>failed</b></span>";
        assert!(page.contains(line), "{page}");
    }
}

#[test]
fn nothing_that_a_demo_prints_becomes_a_tag_or_moves_a_cursor() {
    let output = "</pre><script>x</script> &amp; \"q\" \u{1b}[31m\r\n";
    let page = page((0, output, Ok(())));
    let shown = "\n&lt;/pre&gt;&lt;script&gt;x&lt;/script&gt; &amp;amp; \
                 &quot;q&quot; \\u{1b}[31m\\r\n<i>";
    assert!(page.contains(shown), "{page}");
}

#[test]
fn a_demo_that_prints_nothing_says_so() {
    let page = page((0, "", Ok(())));
    let shown = "<pre><b>$ echo three</b>\n<i>no output</i></pre>";
    assert!(page.contains(shown), "{page}");
}
