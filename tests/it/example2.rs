//! What is said of Example 2, with plugins that misbehave.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

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
    let panic = panic.replace('/', std::path::MAIN_SEPARATOR_STR);
    assert!(ended.err.contains(&panic), "{}", ended.err);
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
    assert_eq!(app(folder.path(), &["silent"]).out, "");
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
    assert_eq!(String::from_utf8_lossy(&log.stderr), "");
}

#[test]
fn a_reader_who_stops_early_is_no_error() {
    let folder = plugins(&["endings"]);
    let app = program("app");
    for words in [&["long"][..], &[]] {
        let mut child = Command::new(&app)
            .args(["--plugins".as_ref(), folder.path().as_os_str()])
            .args(words)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the app runs");
        drop(child.stdout.take());
        let ended = child.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.success(), "{said}");
        assert_eq!(said, "");
    }
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
    assert_eq!(ended.out.lines().count(), 2000);
    let ended = app(folder.path(), &["p999"]);
    assert_eq!(ended.out, "p999\n");
}
