//! What a plugin can do and no host can prevent: the book's page about
//! the limits says the same.

use crate::host::{app, plugins};

#[test]
fn a_command_may_end_the_process() {
    let folder = plugins(&["limits"]);
    assert_eq!(app(folder.path(), &["exit"]).code, Some(7));
    for (command, text) in [
        ("abort", ""),
        ("twice", "panic in a destructor during cleanup"),
        ("last", "thread local panicked on drop"),
        ("deep", "fatal runtime error: stack overflow"),
        (
            "huge",
            "memory allocation of 9223372036854775807 bytes failed",
        ),
    ] {
        let ended = app(folder.path(), &[command]);
        // A signal has ended it, so there is no code.
        assert_eq!(ended.code, None, "{command}: {ended:?}");
        assert!(ended.err.contains(text), "{command}: {ended:?}");
    }
}

#[test]
fn a_command_may_change_what_the_process_has_once() {
    let folder = plugins(&["limits"]);
    let ended = app(folder.path(), &["deaf"]);
    assert_eq!((ended.code, &*ended.out), (Some(0), "still here\n"));
    let ended = app(folder.path(), &["close"]);
    assert_eq!((ended.code, &*ended.out), (Some(0), ""));
}
