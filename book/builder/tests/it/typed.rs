//! The commands that the pages of the real book show: a reader can type
//! them on any Unix, unless the text above names a system, and no file
//! that happens to lie around changes their output.

use std::fs;
use std::path::Path;

use crate::read;

/// Programs of ours, and what builds them.
const OURS: [&str; 4] = ["target/debug/", "cargo", "make", "rustc"];

/// Utilities of POSIX, with the options that pages need.
const POSIX: [(&str, &[&str]); 11] = [
    ("cd", &[]),
    ("chmod", &[]),
    ("cp", &["-R"]),
    ("cut", &["-c"]),
    ("getconf", &[]),
    ("grep", &[]),
    ("ln", &["-s"]),
    ("mkdir", &["-p"]),
    ("rm", &["-rf"]),
    ("sh", &[]),
    ("tail", &["-n"]),
];

/// What is wrong with the commands of a page, and how many there are.
fn problems(page: &str) -> (Vec<String>, usize) {
    let mut found = Vec::new();
    let mut count = 0;
    let mut above = String::new();
    let mut is_in_fence = false;
    // The Makefile keeps these folders free of other files.
    let mut emptied = vec!["target/plugins", "target/async"];
    for line in page.lines() {
        let command = line
            .split_once("<!-- cmdrun ")
            .and_then(|(_, rest)| rest.split_once(" -->"));
        if let Some((command, _)) = command {
            count += 1;
            let mut report = |what: &str| {
                found.push(format!("{what}: {command}"));
            };
            if command.contains(['*', '?', '[']) {
                report("takes what lies around");
            }
            let steps = command.split(['&', '|', '(', ')']);
            for step in steps.map(str::trim).filter(|s| !s.is_empty()) {
                let words: Vec<_> = step.split(' ').collect();
                match words[..] {
                    ["rm", "-rf", folder] => emptied.push(folder),
                    [program, "--plugins", folder]
                    | [program, "--plugins", folder, "--strict"]
                        if program.ends_with("/app")
                            && !command.contains("| grep ")
                            && !emptied.contains(&folder) =>
                    {
                        report("lists what lies around");
                    }
                    _ if is_anywhere(&words) => {}
                    _ if names_a_system(&above) => {}
                    _ => report("is not for every Unix"),
                }
            }
        } else if line.starts_with("```") {
            is_in_fence = !is_in_fence;
            if !is_in_fence {
                above.clear();
            }
        } else if !is_in_fence {
            above.push_str(line);
        }
    }
    (found, count)
}

fn names_a_system(text: &str) -> bool {
    text.contains("Linux") || text.contains("macOS")
}

/// Whether this simple command means the same on every Unix.
fn is_anywhere(words: &[&str]) -> bool {
    // The exit code that the builder expects, a redirection, and
    // variables.
    let words: Vec<_> = words
        .iter()
        .filter(|word| word.parse::<i8>().is_err())
        .skip_while(|word| word.contains('='))
        .collect();
    let Some((program, rest)) = words.split_first() else {
        return true;
    };
    let mut utilities = POSIX.iter();
    let known = utilities.find(|(name, _)| name == *program);
    match known {
        Some((_, options)) => rest
            .iter()
            .filter(|word| word.starts_with('-'))
            .all(|option| options.contains(option)),
        None => OURS.iter().any(|own| program.starts_with(own)),
    }
}

#[test]
fn what_the_pages_type_works_on_any_unix_and_among_any_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src");
    let mut total = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "md") {
            let (found, count) = problems(&read(&path));
            assert!(found.is_empty(), "{path:?}: {found:#?}");
            total += count;
        }
    }
    assert!(total > 60, "only {total} commands");
}

#[test]
fn a_command_that_is_not_for_everybody_is_found() {
    let page = |text: &str, command: &str| {
        problems(&format!(
            "# Page\n\n{text}\n\n```console\n$ {command}\n\
             <!-- cmdrun cd .. && {command} -->\n```\n"
        ))
        .0
    };
    let nm = "nm --dynamic target/a.so | cut -c 18-";
    let app = "target/debug/app --plugins target/x";
    let none: Vec<String> = Vec::new();
    assert_eq!(page("On Linux:", nm), none);
    assert_eq!(page("", &format!("rm -rf target/x && {app}")), none);
    assert_eq!(page("", &format!("{app} | grep voice")), none);
    assert_eq!(page("", &format!("{app} sing 2>&1 | tail -n 1")), none);
    for (command, what) in [
        (nm, "is not for every Unix"),
        ("sed s/a/b/ target/a.so", "is not for every Unix"),
        ("ls | fold -s -w 72", "is not for every Unix"),
        ("grep -P voice README.md", "is not for every Unix"),
        ("cp --archive a b", "is not for every Unix"),
        ("cp target/plugins/*voice* b", "takes what lies around"),
        (app, "lists what lies around"),
        (
            "target/debug/app --plugins target/x --strict",
            "lists what lies around",
        ),
    ] {
        let found = page("", command);
        let start = format!("{what}: cd .. && {command}");
        assert!(found.contains(&start), "{command}: {found:?}");
    }
}
