//! Runs the preflight on small decks, one of them good.

use std::ffi::OsStr;
use std::fs;
use std::net::TcpListener;
use std::process::Command;

/// The exit code of `preflight tests/decks/NAME.md`, and what it says.
fn preflight(name: &str, port: u16) -> (Option<i32>, String) {
    run(&[&deck(name)], port)
}

fn deck(name: &str) -> String {
    let folder = env!("CARGO_MANIFEST_DIR");
    format!("{folder}/tests/decks/{name}.md")
}

fn run<S: AsRef<OsStr>>(
    words: &[S],
    port: u16,
) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_preflight"))
        .args(words)
        .env("PORT", port.to_string())
        .output()
        .expect("it was built");
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(text).expect("UTF-8"))
}

#[test]
fn a_deck_that_tells_the_truth_passes() {
    let (code, said) = preflight("good", 0);
    assert_eq!(code, Some(0), "{said}");
    for line in ["  ok       1  echo one", "  ok       1  echo four"] {
        assert!(said.contains(line), "{said}");
    }
    assert!(said.contains("\n3 ok, 0 FAIL, in "), "{said}");
}

/// One is on the slide, in two lines; the note has it in one.
#[test]
fn an_optional_demo_is_run_and_marked() {
    let (code, said) = preflight("optional", 0);
    assert_eq!(code, Some(0), "{said}");
    for line in [
        "  ok       1  echo one; \\  optional  (",
        "  ok       1  echo three  (",
        "  ok       1  echo four; false  optional  (",
        "\n3 ok, 0 FAIL, in ",
    ] {
        assert!(said.contains(line), "{said}");
    }
    let (code, said) = run(&["--timetable", &deck("optional")], 0);
    assert_eq!(code, Some(0), "{said}");
    let expected = [
        " 0:00   1  How?",
        "optional  $ echo one; \\",
        "              echo two",
        "          $ echo three",
        "optional  $ echo four; false",
        " 1:30   2  Why though?",
        " 2:00      the end\n",
    ];
    assert_eq!(said, expected.join("\n"));
}

/// The page is there whether all went well or not.
#[test]
fn what_the_demos_print_is_written_to_a_page() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, code, failed) in [("good", 0, 0), ("other-text", 1, 1)] {
        let page = folder.path().join("talk").join(name);
        let words = ["--page", page.to_str().expect("UTF-8")];
        let (ended, said) =
            run(&[&words[..], &[&deck(name)]].concat(), 0);
        assert_eq!(ended, Some(code), "{said}");
        assert!(said.contains("  ok          /"), "{said}");
        let html = fs::read_to_string(page).expect("a page");
        let marks = html.matches("<p class=\"failed\">").count();
        assert_eq!(marks, failed, "{html}");
        assert!(html.contains("\nfour\n<i>exit code 1</i>"), "{html}");
    }
    let words = ["--page", "/dev/null/page.html", &deck("good")];
    let (ended, said) = run(&words, 0);
    assert_eq!(ended, Some(1), "{said}");
    assert!(said.contains("  FAIL        /dev/null/page"), "{said}");
}

#[test]
fn a_demo_that_does_not_do_what_is_promised_fails() {
    for (name, line) in [
        ("other-output", "shown: zwei"),
        ("more-output", "shown: (nothing more)"),
        ("other-exit-code", "exit code 0, not 1"),
        ("other-text", "not `five` or `vier`, but"),
        ("nothing-promised", "its note has no `Shows:`"),
    ] {
        let (code, said) = preflight(name, 0);
        assert_eq!(code, Some(1), "{name}: {said}");
        assert!(said.contains(line), "{name}: {said}");
        assert!(said.contains("\n2 ok, 1 FAIL, in "), "{said}");
    }
}

#[test]
fn a_deck_that_cannot_be_read_is_an_error_with_its_line() {
    for (name, message) in [
        ("no-note", "no-note.md:30: slide 2 has no note\n"),
        ("no-minutes", "no-minutes.md:34: Note: no demo here.: is no"),
        ("no-prompt", "no-prompt.md:23: Who knows?: begins with none"),
        ("shows-nothing", "shows-nothing.md:26: Shows: four.: has no"),
        ("no-command", "no-command.md:24: Demo: echo three: has no `c"),
        ("gone", "gone.md: No such file"),
    ] {
        let (code, said) = preflight(name, 0);
        assert_eq!(code, Some(2), "{name}: {said}");
        assert!(said.contains(message), "{name}: {said}");
    }
}

/// Somebody listens, but not for a demo.
#[test]
fn a_demo_that_needs_a_network_fails() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let (code, said) = preflight("needs-network", port);
    if said.contains("with every proxy refusing") {
        eprintln!("skipped: no network namespaces here");
        return;
    }
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("Network is unreachable"), "{said}");
}

#[test]
fn the_timetable_adds_the_minutes_up_and_runs_nothing() {
    let (code, said) = run(&["--timetable", &deck("good")], 0);
    assert_eq!(code, Some(0), "{said}");
    let expected = [
        " 0:00   1  How?",
        "          $ echo one; \\",
        "              echo two",
        "          $ echo three",
        "          $ echo four; false",
        " 1:30   2  Why though?",
        " 2:00      the end\n",
    ];
    assert_eq!(said, expected.join("\n"));
    let (code, said) = run(&["--timetable", &deck("no-minutes")], 0);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("no-minutes.md:34: "), "{said}");
}

#[test]
fn the_lightning_talk_has_times_of_its_own() {
    let ours = concat!(env!("CARGO_MANIFEST_DIR"), "/../slides.md");
    let (code, said) = run(&["--lightning", ours], 0);
    assert_eq!(code, Some(0), "{said}");
    let first = " 0:00   1  Rust Plugins in a Nutshell\n 0:15   2  ";
    assert!(said.starts_with(first), "{said}");
    assert!(said.ends_with(" 5:00      the end\n"), "{said}");
    let (code, said) = run(&["--lightning", &deck("good")], 0);
    let expected = " 0:00   1  How?\n 0:30      the end\n";
    assert_eq!((code, &*said), (Some(0), expected));
}

#[test]
fn an_option_that_is_none_is_no_deck() {
    let (code, said) = run(&["--nonsense"], 0);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.starts_with("usage: preflight "), "{said}");
    let (code, help) = run(&["--help"], 0);
    assert_eq!((code, help), (Some(0), said));
}
