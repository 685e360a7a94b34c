//! What `make gotchas` prints: of each gotcha what happens to a host that
//! does nothing about it, and what the host of Example 2 does. A compiler
//! that changes one of them is reported with the name of the row.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use crate::support::{
    Ended, built, finish, folder, program, run, target,
};

/// Name, outcome if nothing is done, outcome in Example 2. Where the
/// language leaves open what happens, `wrong: ` is all that is asked.
const ROWS: [[&str; 3]; 25] = [
    ["compiler", "wrong: ", "refused: rustc"],
    ["api", "wrong: ", "refused: api-source"],
    ["layout", "wrong: ", "refused: layout"],
    ["typeid", "debug Some(11), release None", "works: Some(11)"],
    ["abort", "the process ends", "refused: panic"],
    ["signature", "wrong: ", "does not compile: E0308"],
    ["cpu", "wrong: ", "refused: processor"],
    ["statics", "host 0, plugin 1", "works: visits: 1"],
    ["logs", "host info, plugin off", "[INFO  logs] hello"],
    [
        "panic",
        "Rust cannot catch foreign exceptions",
        "tea: panicked: no tea",
    ],
    [
        "extern-c",
        "panic in a function that cannot unwind",
        "tea: panicked: no tea",
    ],
    ["allocator", "wrong: ", "works: roses are red"],
    ["print", "nothing", "works: hello"],
    ["setenv", "wrong: ", "a crash; as a word: 11"],
    ["stdin", "nothing", "works: second"],
    ["outlive", "does not compile: E0505", "works: parrot"],
    ["dangling", "wrong: ", "works: parrot"],
    ["closing", "Ok(()), still there", "works: never closed"],
    ["tls-exit", "wrong: ", "works: never closed"],
    ["init", "a file was made", "refused: panic, no file"],
    ["global", "first", "works: second"],
    ["bare", "second", "works: first"],
    ["soname", "version 1", "refused: soname"],
    ["overwrite", "wrong: ", "42; in place: a crash"],
    ["thread", "nothing", "nothing; joined: saved"],
];

/// Runs the program while no test runs `make`, which may build `app`
/// anew and takes it away for a moment.
pub fn gotchas(words: &[&str]) -> Ended {
    let lock = target().join("make.lock");
    let lock = File::create(lock).expect("a new file");
    lock.lock_shared().expect("a lock");
    run("gotchas", words)
}

/// What the runner prints; all tests look at one run.
fn table() -> &'static str {
    static TABLE: OnceLock<String> = OnceLock::new();
    TABLE.get_or_init(|| {
        built();
        let ended = gotchas(&[]);
        assert_eq!((ended.code, &*ended.err), (Some(0), ""));
        ended.out
    })
}

/// The rows of the table that are not as they should be.
fn mistakes(table: &str) -> Vec<String> {
    let mut lines = table.lines().skip(1);
    let mut mistakes = Vec::new();
    for [name, unguarded, guarded] in ROWS {
        let line = lines.next().unwrap_or_default();
        let cell = |from, to| line.get(from..to).unwrap_or("").trim();
        if cell(0, 10) != name {
            mistakes.push(format!("{name}: its row is {line:?}"));
            continue;
        }
        let seen = (cell(10, 49), cell(49, line.len()));
        if seen.0.starts_with("skipped: ") && may_be_skipped(name) {
            println!("{name}: {}", seen.0);
            continue;
        }
        let is_as_said = match unguarded {
            // Seen on Linux; elsewhere luck may be another.
            _ if !cfg!(target_os = "linux") => !seen.0.is_empty(),
            "wrong: " => seen.0.starts_with("wrong: "),
            exact => seen.0 == exact,
        };
        if !is_as_said || seen.1 != guarded {
            mistakes.push(format!(
                "{name}: expected {unguarded:?} and {guarded:?}, but \
                 got {seen:?}"
            ));
        }
    }
    mistakes.extend(lines.map(|line| format!("{line}: is not tested")));
    mistakes
}

/// A second compiler may be missing, an older processor, a glibc that
/// frees what it replaces, and Linux.
pub fn may_be_skipped(name: &str) -> bool {
    ["compiler", "cpu", "setenv"].contains(&name)
        || !cfg!(target_os = "linux")
}

#[test]
fn each_gotcha_ends_as_the_talk_says_unguarded_and_in_example_2() {
    let mistakes = mistakes(table());
    assert!(mistakes.is_empty(), "\n{}", mistakes.join("\n"));
}

#[test]
fn a_changed_outcome_is_reported_with_the_name_of_its_row() {
    for (from, to, name) in [
        ("cannot catch foreign", "can catch foreign   ", "panic"),
        ("refused: api-source", "parrot", "api"),
        ("layout    wrong: ", "layout    right: ", "layout"),
        ("tea: panicked", "tea: poured", "panic"),
        ("statics ", "static  ", "statics"),
        (
            "closing   Ok(()), still there",
            "closing   Ok(()), gone       ",
            "closing",
        ),
    ] {
        if !cfg!(target_os = "linux") {
            return println!("skipped: only on Linux");
        }
        let changed = table().replace(from, to);
        let first = mistakes(&changed).into_iter().next();
        let first = first.unwrap_or_else(|| panic!("{name}: passes"));
        assert!(first.starts_with(&format!("{name}: ")), "{first}");
    }
    let longer = format!("{}another   row\n", table());
    assert_eq!(mistakes(&longer), ["another   row: is not tested"]);
}

#[test]
fn the_table_is_the_same_every_time_and_fits_a_slide() {
    let again = gotchas(&[]);
    assert_eq!((again.code, &*again.err), (Some(0), ""));
    assert_eq!(again.out, *table());
    for line in table().lines() {
        assert!(line.chars().count() <= 72, "{line}");
    }
}

#[test]
fn a_gotcha_alone_shows_the_outcomes_of_the_table() {
    let expected = [
        "panic: a panic of the plugin, caught by the host",
        "",
        "expected           caught",
        "if you do nothing  Rust cannot catch foreign exceptions",
        "in Example 2       tea: panicked: no tea",
    ];
    table();
    let ended = gotchas(&["panic"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let lines: Vec<_> = ended.out.lines().take(5).collect();
    assert_eq!(lines, expected);
    for [name, _, guarded] in ROWS {
        let ended = gotchas(&[name]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let is_skipped = ended.out.contains(" skipped: ");
        let line = format!("in Example 2       {guarded}\n");
        let shown = ended.out.contains(&line);
        assert!(is_skipped || shown, "{}", ended.out);
        for line in ended.out.lines() {
            assert!(line.chars().count() <= 72, "{line}");
        }
    }
}

#[test]
fn a_wrong_name_is_exit_code_2_and_lists_the_names() {
    built();
    let names = ROWS.map(|row| row[0]).join(", ");
    let names = names + ", process, shared-runtime";
    for words in [&["panik"][..], &["panik", "x"], &["--help"]] {
        let ended = gotchas(words);
        assert_eq!((ended.code, &*ended.out), (Some(2), ""));
        let words = words.join(" ");
        assert_eq!(
            ended.err,
            format!("{words}: no such gotcha; there is: {names}\n")
        );
    }
    let ended = gotchas(&[""]);
    assert_eq!((ended.code, &*ended.out), (Some(2), ""));
    let message = "an empty name: no such gotcha; ";
    assert!(ended.err.starts_with(message), "{ended:?}");
}

/// Each has a heading on one page, and the first page says on which.
#[test]
fn each_gotcha_is_on_the_page_that_the_book_lists_it_under() {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("book/src");
    let read = |page: &str| {
        fs::read_to_string(book.join(page)).expect("a page")
    };
    let contents = read("gotchas.md");
    for [name, ..] in ROWS {
        let row = contents.lines().find(|line| {
            line.contains("](gotchas-")
                && line.contains(&format!("`{name}`"))
        });
        let page = row
            .and_then(|row| row.split_once("]("))
            .and_then(|(_, rest)| rest.split_once(')'));
        let (page, _) =
            page.unwrap_or_else(|| panic!("{name}: no row"));
        let heading = format!("\n## `{name}`: ");
        assert!(read(page).contains(&heading), "{name}: not on {page}");
    }
}

/// As it is where only one compiler is installed, or not the one that is
/// asked for by its date.
#[test]
fn without_a_second_compiler_that_row_says_skipped() {
    built();
    let no_compilers = folder();
    for (name, value) in [
        ("RUSTUP_HOME", no_compilers.path()),
        ("NIGHTLY_TOOLCHAIN", Path::new("nightly-2015-05-15")),
    ] {
        let ended = finish(
            Command::new(program("gotchas"))
                .arg("compiler")
                .env(name, value),
        );
        assert_eq!(ended.code, Some(0), "{ended:?}");
        for line in [
            "if you do nothing  skipped: no second compiler\n",
            "in Example 2       skipped: see layout\n",
        ] {
            assert!(ended.out.contains(line), "{}", ended.out);
        }
        assert!(!ended.out.contains("\nbecause "), "{}", ended.out);
    }
}
