//! What is said of Example 2: which plugins register, with others that
//! misbehave in the same folder.

use std::fs;

use crate::host::{app, plugins, portable};
use crate::support::{
    built, built_small, copy, folder, library, root, run, write,
};

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
         which command_api::plugin! makes",
        "refused half_copied: it is cut short; copy it again",
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

/// Elsewhere a process has room for fewer: the book's page about what no
/// host can prevent has the numbers.
const MANY: usize = match () {
    () if cfg!(target_env = "musl") => 100,
    () if cfg!(target_os = "linux") => 1000,
    () => 400,
};

#[test]
fn a_thousand_plugins_register() {
    let folder = folder();
    let plugin = built_small("own_name");
    for number in 0..MANY {
        let name = format!("p{number:03}");
        copy(&plugin, &library(folder.path(), &name));
    }
    let ended = app(folder.path(), &["--strict"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let expected: String = (0..MANY)
        .map(|n| format!("p{n:03}\n  p{n:03}       say my name\n"))
        .collect();
    assert_eq!(ended.out, expected);
    let last = format!("p{:03}", MANY - 1);
    let ended = app(folder.path(), &[&last]);
    assert_eq!(ended.out, format!("{last}\n"));
}
