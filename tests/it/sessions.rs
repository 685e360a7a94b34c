//! What a reader's session in a chapter does, and what is wrong with one.

use std::env;
use std::process::Command;

use preflight::fences::fences;

use crate::fences::compare;
use crate::session::{CHAPTERS, Reader, has_git};
use crate::support::{files, finish, folder, write};

/// Runs itself once more, as a person with settings does.
#[test]
fn git_sees_no_settings_of_whoever_runs_the_tests() {
    if !has_git() {
        return println!("skipped: there is no git");
    }
    let name =
        "sessions::git_sees_no_settings_of_whoever_runs_the_tests";
    if env::var_os("GIT_SEEN").is_some() {
        let seen = session(
            "$ git config --list; env | grep ^GIT_D\n$ echo $?\n1\n",
        );
        return assert_eq!(read(&seen), (seen, vec![]));
    }
    let home = folder();
    let settings = home.path().join(".gitconfig");
    write(settings.clone(), "[color]\n\tui = always\n");
    let ended = finish(
        Command::new(env::current_exe().expect("a test has a path"))
            .args(["--exact", name])
            .env("HOME", home.path())
            .env("XDG_CONFIG_HOME", home.path())
            .env("GIT_CONFIG_GLOBAL", settings)
            .env("GIT_DIR", "nowhere")
            .env("GIT_SEEN", "1"),
    );
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.contains(" 1 passed"), "{ended:?}");
}

/// What is wrong with a page, read in an empty folder.
fn read(page: &str) -> (String, Vec<String>) {
    let mut reader = Reader::new();
    compare("x.md", page, &mut |above, info, shown| {
        reader.follow(above, info, shown)
    })
}

fn session(body: &str) -> String {
    format!("A session:\n\n```shell\n{body}```\n\nIts end.\n")
}

#[test]
fn a_session_goes_on_in_the_folder_that_it_has_come_to() {
    let page = session("$ mkdir a\n$ cd a\n")
        + &session("$ basename \"$PWD\"\na\n$ cd ..\n$ ls\na\npwd\n");
    assert_eq!(read(&page), (page.clone(), vec![]));
}

#[test]
fn a_command_that_fails_is_followed_by_its_code() {
    for (body, wrong) in [
        ("$ false\n", 1),
        ("$ false\n$ true\n", 1),
        ("$ false\n$ echo $?\n0\n", 1),
        ("$ false\n$ echo $?\n1\n", 0),
        ("$ (exit 7)\n$ echo $?\n7\n$ echo $?\n0\n", 0),
    ] {
        let mistakes = read(&session(body)).1;
        assert_eq!(mistakes.len(), wrong, "{body}{mistakes:?}");
    }
}

#[test]
fn another_output_is_found_and_can_be_rewritten() {
    let good = session("$ echo a; echo b >&2\na\nb\n");
    assert_eq!(read(&good), (good.clone(), vec![]));
    for bad in ["a\nc\n", "a\n", "a\nb\nc\n", ""] {
        let bad = good.replace("a\nb\n", bad);
        let (fresh, mistakes) = read(&bad);
        assert_eq!((fresh, mistakes.len()), (good.clone(), 1));
    }
}

#[test]
fn seconds_and_threads_may_have_other_numbers() {
    let command = "$ echo \"thread 'a' (5) panicked at b:1:2:\"; \
                   echo \"ok. 1 passed; finished in 0.10s\"\n";
    let shown = "thread 'a' (17) panicked at b:1:2:\n\
                 ok. 1 passed; finished in 2.00s\n";
    let page = session(&format!("{command}{shown}"));
    assert_eq!(read(&page), (page.clone(), vec![]));
    for (from, to) in
        [("b:1:2:\n", "b:1:3:\n"), ("1 passed; f", "2 passed; f")]
    {
        let shown = shown.replace(from, to);
        let page = session(&format!("{command}{shown}"));
        assert_eq!(read(&page).1.len(), 1, "{shown}");
    }
}

#[test]
fn a_file_is_written_or_is_what_is_shown() {
    let fence = |line: &str, body: &str| {
        format!("{line}\n\n```toml\n{body}\n```\n\n")
    };
    let include = "{{#include ../../rustfmt.toml}}";
    let other = "{{#include ../../rust-toolchain.toml}}";
    let written = fence("Write this to `a.toml`:", include);
    for (page, wrong) in [
        (written.clone() + &fence("This is `a.toml`:", include), ""),
        (
            written.clone() + &fence("This is `a.toml`:", other),
            "x.md:9: a.toml is another\n",
        ),
        (
            fence(
                "Write this to `a.toml`:",
                "{{#include ../../examples/01-basic/plugin/Cargo.toml:cdylib}}",
            ),
            "",
        ),
        (
            fence(
                "Write this to `a.toml`:",
                "{{#include ../../rustfmt.toml:no}}",
            ),
            "x.md:3: ../../rustfmt.toml: has no anchor no",
        ),
        (
            fence("This is `a.toml`:", include),
            "x.md:3: a.toml: No such file",
        ),
        (
            fence("Look at `a.toml`:", include),
            "x.md:3: `Write this to` or `This is` it?",
        ),
        (fence("Nowhere:", include), "x.md:3: the line above names no"),
        (
            fence("Write this to `a.toml`:", "a = 1"),
            "x.md:3: typed by hand; write {{#include FILE}}",
        ),
        (
            fence("Write this to `a.toml`:", "{{#include no.toml}}"),
            "x.md:3: ",
        ),
        (session("").replace("shell", "sh"), "x.md:3: \"sh\": "),
    ] {
        let mistakes = read(&page).1;
        match wrong {
            "" => assert_eq!(mistakes, [""; 0], "{page}"),
            wrong => {
                assert_eq!(mistakes.len(), 1, "{page}{mistakes:?}");
                assert!(mistakes[0].starts_with(wrong), "{mistakes:?}");
            }
        }
    }
}

#[test]
fn a_file_is_changed_as_a_diff_says() {
    let page = |line: &str, body: &str, now: &str| {
        let make = session("$ printf 'a\\nb\\nc\\nb\\n' >f\n");
        let look = session(&format!("$ cat f\n{now}"));
        format!("{make}{line}\n\n```diff\n{body}```\n\n{look}")
    };
    let (change, same) = ("Change `f`:", "a\nb\nc\nb\n");
    for (page, wrong) in [
        (page(change, " b\n-c\n+d\n+e\n", "a\nb\nd\ne\nb\n"), ""),
        (page(change, "-b\n c\n", "a\nc\nb\n"), ""),
        (page(change, "-b\n+d\n", same), "f has these lines not once"),
        (page(change, "-d\n+b\n", same), "f has these lines not once"),
        (page("Change `g`:", "-b\n", same), "g: No such file"),
        (page("Write this to `f`:", "-b\n", same), "`Change` it?"),
        (page("Change it:", "-b\n", same), "the line above names no"),
    ] {
        let mistakes = read(&page).1;
        match wrong {
            "" => assert_eq!(mistakes, [""; 0], "{page}"),
            wrong => {
                assert_eq!(mistakes.len(), 1, "{page}{mistakes:?}");
                assert!(mistakes[0].contains(wrong), "{mistakes:?}");
            }
        }
    }
}

/// Elsewhere nobody would run it: the builder of the book does not.
#[test]
fn no_other_chapter_has_a_session() {
    for (file, text) in files(".md") {
        if file.starts_with("book/src/") {
            let kinds = fences(&text).into_iter().map(|(info, _)| info);
            let sessions = kinds.filter(|info| info == "shell");
            let is_done = CHAPTERS.concat().contains(&&*file);
            assert_eq!(sessions.count() > 0, is_done, "{file}");
        }
    }
}
