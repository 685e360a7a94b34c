//! What is said of Example 2, with plugins that misbehave.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{
    self, Ended, built, copy, folder, library, program, root, run,
    write,
};

/// A folder with these plugins of `tests/plugins/`, or of the example.
pub fn plugins(names: &[&str]) -> tempfile::TempDir {
    let folder = folder();
    for name in names {
        add_plugin(folder.path(), name, name);
    }
    folder
}

/// Puts a plugin into the folder, under a name of its own.
pub fn add_plugin(folder: &Path, name: &str, new_name: &str) {
    let built = library(built(), name);
    let from = if built.exists() {
        built
    } else {
        library(&support::built().join("examples"), name)
    };
    copy(&from, &library(folder, new_name));
}

pub fn app(folder: &Path, words: &[&str]) -> Ended {
    let mut arguments = vec!["--plugins".as_ref(), folder.as_os_str()];
    arguments
        .extend(words.iter().map(AsRef::<std::ffi::OsStr>::as_ref));
    run("app", &arguments)
}

/// What the app prints, with the platform's file names made like those
/// of Linux.
pub fn portable(text: &str) -> String {
    let (prefix, suffix) =
        (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    text.lines()
        .map(|line| {
            let Some(rest) = line.strip_prefix("refused ") else {
                return format!("{line}\n");
            };
            let rest = rest.strip_prefix(prefix).unwrap_or(rest);
            let rest = rest.replacen(suffix, "", 1);
            format!("refused {rest}\n")
        })
        .collect()
}

#[test]
fn the_plugins_of_the_example_register_in_the_order_of_their_names() {
    let folder = plugins(&["voice", "greet", "crab"]);
    let plugins = root().join("examples/02-registration/plugins");
    copy(
        &plugins.join("greet/greet.txt"),
        &folder.path().join("greet.txt"),
    );
    let ended = app(folder.path(), &[]);
    assert_eq!(
        ended.out,
        "crab\n  crab       let a crab say it\n\
         greet\n  greet      greet each word\n\
         voice\n  shout      say it loudly\n  \
         whisper    say it softly\n"
    );
    assert_eq!(
        ended.err,
        "[INFO  voice] ready to shout and to whisper\n"
    );
    let greeted = app(folder.path(), &["greet", "Ann", "Bob"]);
    assert_eq!(greeted.out, "Hello, Ann!\nBonjour, Bob!\n");
}

#[test]
fn a_plugin_without_its_configuration_is_refused_with_the_cause() {
    let folder = plugins(&["greet", "voice"]);
    let ended = app(folder.path(), &[]);
    let refused = portable(&ended.out);
    let reason = "refused greet: register failed: greet.txt: ";
    assert!(refused.contains(reason), "{refused}");
    assert!(refused.starts_with("voice\n"), "{refused}");
}

/// The folder of the promise: one good plugin among all that can be
/// wrong with a file of that name.
fn mixed_folder() -> tempfile::TempDir {
    let folder = plugins(&[
        "basic_plugin",
        "first",
        "half_way",
        "panics",
        "second",
        "voice",
    ]);
    let path = |name| library(folder.path(), name);
    write(path("a_text"), "I am not a library\n");
    write(path("an_empty_file"), "");
    let whole =
        fs::read(library(built(), "voice")).expect("it is built");
    fs::write(path("half_copied"), &whole[..whole.len() / 2])
        .expect("a new file");
    fs::create_dir(path("a_folder")).expect("a new folder");
    folder
}

#[test]
fn one_bad_plugin_keeps_no_good_one_from_loading() {
    let folder = mixed_folder();
    let ended = app(folder.path(), &[]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let (good, refused): (Vec<_>, Vec<_>) = portable(&ended.out)
        .lines()
        .map(str::to_owned)
        .partition(|line| !line.starts_with("refused"));
    assert_eq!(
        good,
        [
            "first",
            "  same       of the first",
            "voice",
            "  shout      say it loudly",
            "  whisper    say it softly",
        ]
    );
    let starts = [
        "refused a_folder: not a file",
        "refused a_text: ",
        "refused an_empty_file: ",
        "refused basic_plugin: not a plugin: it has no descriptor, \
         which plugin_api::plugin! makes",
        "refused half_copied: not a library: ",
        "refused half_way: register failed: starting up: writing the \
         cache: the disk is full",
        "refused panics: register panicked: index out of bounds: the \
         len is 1 but the index is 1",
        "refused second: register failed: the name same that second \
         wants is taken by first",
    ];
    assert_eq!(refused.len(), starts.len(), "{refused:#?}");
    for (line, start) in refused.iter().zip(starts) {
        assert!(line.starts_with(start), "{line}");
    }
    let panic = "[ERROR panics] panicked at tests/plugins/panics.rs:";
    let err = ended.err.replace('\\', "/");
    assert!(err.contains(panic), "{err}");
}

#[test]
fn strict_turns_a_refusal_into_exit_code_1() {
    let folder = mixed_folder();
    let ended = app(folder.path(), &["--strict"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let folder = plugins(&["voice"]);
    let ended = app(folder.path(), &["--strict"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
}

#[test]
fn strict_runs_no_command_when_a_plugin_was_refused() {
    let folder = plugins(&["voice", "panics"]);
    let ended = app(folder.path(), &["--strict", "shout", "hello"]);
    assert_eq!((ended.code, &*ended.out), (Some(1), ""));
    assert!(ended.err.contains("refused "), "{ended:?}");
}

#[test]
fn a_command_runs_with_its_words_though_another_plugin_is_refused() {
    let folder = plugins(&["voice", "panics"]);
    let ended = app(folder.path(), &["shout", "--plugins", "x"]);
    assert_eq!((ended.code, &*ended.out), (Some(0), "--PLUGINS X!\n"));
    assert!(ended.err.contains("refused "), "{ended:?}");
}

#[test]
fn a_plugin_that_fails_or_panics_leaves_nothing_registered() {
    let folder = plugins(&["half_way", "panics"]);
    let ended = app(folder.path(), &["half"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    let reason = "half: no plugin registered it";
    assert!(ended.err.contains(reason), "{ended:?}");
}

#[test]
fn a_refused_name_is_an_error_that_the_plugin_can_handle() {
    let folder = plugins(&["names"]);
    let ended = app(folder.path(), &[]);
    let listed = "names\n  good       the one that is left\n";
    assert_eq!(ended.out, listed);
    let word = "is not a word of letters, digits, - and _";
    let mut expected = String::new();
    for name in ["", "two words", "-x", "new\nline"] {
        expected += &format!(
            "[WARN  names] the name {name:?} of names {word}\n"
        );
    }
    for (name, owner) in [
        ("help", "the app itself"),
        ("inspect", "the app itself"),
        ("good", "names"),
    ] {
        expected += &format!(
            "[WARN  names] the name {name} that names wants is taken \
             by {owner}\n"
        );
    }
    assert_eq!(ended.err, expected);
}

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

/// The other end of the pipe is gone before the app writes anything.
#[test]
#[cfg(unix)]
fn a_reader_who_stops_early_is_no_error_and_hides_none() {
    let folder = plugins(&["endings", "voice", "panics"]);
    for (words, codes) in [
        (&["long"][..], [0, 0]),
        (&[], [0, 0]),
        (&["--strict"], [1, 1]),
        // Whether it failed because it could not write, or by itself.
        (&["fails", "x"], [0, 1]),
        (&["nobody"], [2, 2]),
    ] {
        for (stream, code) in ["1", "2"].into_iter().zip(codes) {
            let script = format!(
                "exec 3> >(:); wait $!; exec \"$@\" {stream}>&3 3>&-"
            );
            let ended = crate::support::finish(
                Command::new("bash")
                    .args(["-c", &script, "bash"])
                    .arg(program("app"))
                    .args([
                        "--plugins".as_ref(),
                        folder.path().as_os_str(),
                    ])
                    .args(words),
            );
            assert_eq!(ended.code, Some(code), "{words:?} {ended:?}");
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_cannot_be_written_is_an_error() {
    let folder = plugins(&["endings", "voice"]);
    for words in [&["line"][..], &["long"], &[], &["shout", "x"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full");
        let output = Command::new(program("app"))
            .args(["--plugins".as_ref(), folder.path().as_os_str()])
            .args(words)
            .stdout(full.expect("Linux has it"))
            .output()
            .expect("the app runs");
        assert_eq!(output.status.code(), Some(1), "{words:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        let reason = "writing the output: No space left on device";
        assert!(said.contains(reason), "{words:?}: {said}");
    }
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
    let mut registry = app::registry::Registry::new(&[]);
    let trust = app::scan::Trust::Permissions;
    // SAFETY: we have built what is in this folder.
    let refused = unsafe {
        app::load_folder(folder.path(), trust, &mut registry)
    };
    assert_eq!(refused.expect("it can be read"), Vec::<String>::new());
    let shout = registry.get("shout").expect("it registered").command;
    let (mut out, mut error) = (Probe(String::new()), String::new());
    let outcome = shout.run(&["hello"], &mut out, &mut error);
    assert_eq!(outcome, plugin_api::boundary::Outcome::Done);
    assert_eq!(out.0, "HELLO!\n");
}

/// Rule 2, the other way round.
#[test]
fn a_panic_of_the_host_does_not_travel_through_a_plugin() {
    let value =
        app::registry::never_unwind(7, || panic!("of the host"));
    assert_eq!(value, 7);
}

#[test]
fn wrong_usage_is_exit_code_2() {
    let folder = plugins(&["voice"]);
    let ended = app(folder.path(), &["nobody"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.ends_with(
        "nobody: no plugin registered it; there is: shout, whisper\n"
    ));
    assert_eq!(app(folder.path(), &["--bogus"]).code, Some(2));
    assert_eq!(run("app", &["shout"]).code, Some(2));
}

#[test]
fn a_thousand_plugins_register() {
    let folder = folder();
    let plugin = support::built_small("own_name");
    for number in 0..1000 {
        let name = format!("p{number:03}");
        copy(&plugin, &library(folder.path(), &name));
    }
    let ended = app(folder.path(), &["--strict"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let expected: String = (0..1000)
        .map(|n| format!("p{n:03}\n  p{n:03}       say my name\n"))
        .collect();
    assert_eq!(ended.out, expected);
    let ended = app(folder.path(), &["p999"]);
    assert_eq!(ended.out, "p999\n");
}
