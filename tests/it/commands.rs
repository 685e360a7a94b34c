//! What becomes of what a command writes, logs, returns and throws.

use std::process::Command;

use crate::alone::alone;
use crate::host::{app, load, plugins, portable};
use crate::support::{program, run};

#[test]
fn a_command_that_fails_shows_all_causes_and_what_it_had_written() {
    let folder = plugins(&["endings"]);
    let ended = app(folder.path(), &["fails", "x"]);
    assert_eq!(ended.code, Some(1));
    assert_eq!(ended.out, "half of the result\n");
    assert_eq!(
        ended.err,
        "fails: failed: adding up: reading the number: invalid digit \
         found in string\n"
    );
}

#[test]
fn a_command_that_panics_ends_with_its_message() {
    let folder = plugins(&["endings"]);
    for (words, message) in [
        (&["panics", "ten"][..], "panics: panicked: ten is too much\n"),
        (&["bomb"], "with a payload that is not text\n"),
        (&["rude"], "rude: panicked: an error that panics when it is"),
    ] {
        let ended = app(folder.path(), words);
        assert_eq!(ended.code, Some(1), "{ended:?}");
        assert!(ended.err.contains(message), "{ended:?}");
        assert!(ended.err.contains("[ERROR endings] panicked at "));
    }
}

#[test]
fn a_command_may_print_nothing_or_a_lot() {
    let folder = plugins(&["endings"]);
    let ended = app(folder.path(), &["silent"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!((&*ended.out, &*ended.err), ("", ""));
    let ended = app(folder.path(), &["long"]);
    assert_eq!(ended.out.lines().count(), 100_000);
}

#[test]
fn a_thread_of_a_plugin_logs_and_its_panic_is_logged() {
    let folder = plugins(&["endings"]);
    let ended = app(folder.path(), &["thread"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let line = "[INFO  endings] from a thread\n";
    assert!(ended.err.contains(line), "{ended:?}");
    assert!(ended.err.contains(": in a thread\n"), "{ended:?}");
}

#[test]
fn what_a_plugin_logs_with_the_log_crate_arrives_under_its_name() {
    let folder = plugins(&["crab"]);
    let ended = app(folder.path(), &["crab", "hello", "there"]);
    let line = "[INFO  crab] words for the crab to say: 2\n";
    assert_eq!(ended.err, line);
    assert!(ended.out.ends_with("< hello there\n"), "{ended:?}");
}

#[test]
fn the_level_of_the_log_is_set_by_rust_log() {
    let folder = plugins(&["crab"]);
    let host = run::<&str>("app", &["--help"]);
    assert!(host.out.contains("RUST_LOG=warn"), "{host:?}");
    let app = program("app");
    let log = Command::new(app)
        .args(["--plugins".as_ref(), folder.path().as_os_str()])
        .args(["crab", "x"])
        .env("RUST_LOG", "warn")
        .output()
        .expect("the app runs");
    assert!(log.status.success());
    assert_eq!(String::from_utf8_lossy(&log.stderr), "");
    assert!(String::from_utf8_lossy(&log.stdout).ends_with("< x\n"));
}

#[test]
fn a_long_name_or_help_is_cut() {
    let folder = plugins(&["helpful"]);
    let longest = "n".repeat(120);
    crate::host::add_plugin(folder.path(), "wordy", &longest);
    let ended = app(folder.path(), &[]);
    for line in ended.out.lines() {
        let columns = line.chars().count();
        assert!(columns <= 96, "{columns}: {line}");
    }
    assert!(ended.out.contains('…'), "{ended:?}");
}

/// Its own standard library has a buffer of its own for stdout.
#[test]
fn what_a_plugin_prints_by_itself_is_not_lost() {
    let ended = app(plugins(&["endings"]).path(), &["prints"]);
    assert_eq!((ended.code, &*ended.out), (Some(0), "by itself"));
}

#[test]
fn an_error_that_is_its_own_cause_is_shown_and_ends() {
    let ended = app(plugins(&["endings"]).path(), &["circle"]);
    assert_eq!(ended.code, Some(1));
    let start = "circle: failed: around: around: ";
    assert!(ended.err.starts_with(start), "{ended:?}");
}

/// A message that nobody wants is not even made into text.
#[test]
fn a_line_below_the_level_of_the_log_costs_nothing() {
    let ended = app(plugins(&["endings"]).path(), &["quiet"]);
    assert_eq!((ended.code, &*ended.err), (Some(0), ""), "{ended:?}");
}

#[test]
fn a_plugin_cannot_write_lines_of_the_host_or_of_another() {
    let folder = plugins(&["forger", "voice"]);
    let ended = app(folder.path(), &[]);
    assert_eq!(
        portable(&ended.out),
        "voice\n  shout      say it loudly\n  whisper    say it softly\n\
         refused forger: register failed: sorry\\nrefused voice: \
         it is \\u{1b}[31mbad\n"
    );
    assert_eq!(
        ended.err,
        "[INFO  forger] hello\\r[ERROR voice] on fire\n\
         [INFO  voice] ready to shout and to whisper\n"
    );
    let ended = app(plugins(&["helpful"]).path(), &[]);
    let listed = "helpful\n  help-me    one\\nvoice\n";
    assert_eq!(ended.out, listed);
}

/// The host's own `write_fmt` would run the plugin's `Display` code, and
/// a panic in there would cross.
#[test]
fn a_plugin_makes_its_output_into_text_on_its_own_side() {
    alone(|| {
        struct Probe(String);
        impl std::fmt::Write for Probe {
            fn write_str(&mut self, text: &str) -> std::fmt::Result {
                self.0 += text;
                Ok(())
            }

            fn write_fmt(
                &mut self,
                _: std::fmt::Arguments,
            ) -> std::fmt::Result {
                panic!("formatted by the host")
            }
        }
        let folder = plugins(&["voice"]);
        let registry = load(folder.path());
        let shout =
            registry.get("shout").expect("it registered").command;
        let (mut out, mut error) =
            (Probe(String::new()), String::new());
        let outcome = shout.run(&["hello"], &mut out, &mut error);
        assert_eq!(
            outcome,
            command_api::nutshell_plugin::Outcome::Done
        );
        assert_eq!(out.0, "HELLO!\n");
    });
}

/// Rule 2, the other way round.
#[test]
fn a_panic_of_the_host_does_not_travel_through_a_plugin() {
    let value = command_api::nutshell_plugin::never_unwind(7, || {
        panic!("of the host")
    });
    assert_eq!(value, 7);
}
