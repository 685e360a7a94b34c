//! Commands and what Unix alone has: shells, pipes that close early, and
//! files with any name.

use std::fs;
use std::process::Command;

use crate::host::{app, plugins};
use crate::support::{finish, library, program};

/// The other end of the pipe is gone before the app writes anything.
#[test]
fn a_reader_who_stops_early_is_no_error_and_hides_none() {
    let folder = plugins(&["endings", "voice", "panics"]);
    for (words, codes) in [
        (&["long"][..], [0, 0]),
        (&[], [0, 0]),
        (&["--strict"], [1, 1]),
        // Whether it failed because it could not write, or by itself.
        (&["fails", "x"], [0, 1]),
        (&["nobody"], [2, 2]),
        // These fail by themselves, whether anybody reads or not.
        (&["panics", "ten"], [1, 1]),
        (&["stubborn"], [1, 1]),
    ] {
        for (stream, code) in ["1", "2"].into_iter().zip(codes) {
            let script = format!(
                "exec 3> >(:); wait $!; exec \"$@\" {stream}>&3 3>&-"
            );
            let ended = finish(
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

/// Neither a command nor a name can turn the terminal against its user.
#[test]
fn whatever_a_plugin_or_the_system_says_is_printable() {
    let folder = plugins(&["endings", "helpful"]);
    let evil = "x\u{1b}[31m\u{202e}y\nrefused z";
    let text = library(folder.path(), evil);
    fs::write(text, "not a library").expect("a new file");
    for words in [&[][..], &["fails", evil], &["panics", evil], &[evil]]
    {
        let ended = app(folder.path(), words);
        for text in [&ended.out, &ended.err] {
            let is_bad = |c: char| {
                c.is_control() && c != '\n' || c == '\u{202e}'
            };
            assert!(!text.contains(is_bad), "{text:?}");
            let forged = |line: &str| line.starts_with("refused z");
            assert!(!text.lines().any(forged), "{text:?}");
        }
    }
}
