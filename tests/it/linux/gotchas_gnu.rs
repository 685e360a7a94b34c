//! Gotchas of the GNU C library: its loader, its threads, its
//! environment.

use crate::gotchas::{gotchas, may_be_skipped};
use crate::support::built;

/// A gotcha that always fails would prove nothing.
#[test]
fn beside_the_gotcha_stands_what_goes_well() {
    built();
    for (name, lines) in [
        ("setenv", &["in one program: both are done"][..]),
        (
            "tls-exit",
            &[
                "with -z nodelete: the thread ends",
                "with RTLD_NODELETE: the thread ends",
            ],
        ),
        ("soname", &["the second without the first: version 2"]),
        ("cpu", &["on this machine's processor: 11"]),
    ] {
        let ended = gotchas(&[name]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        if may_be_skipped(name) && ended.out.contains(" skipped: ") {
            continue;
        }
        for line in lines {
            let is_there =
                ended.out.lines().any(|shown| shown == *line);
            assert!(is_there, "{}", ended.out);
        }
    }
}

/// The other ABI moves the end of the process, and does not prevent it.
#[test]
fn with_c_unwind_the_panic_leaves_and_the_host_cannot_catch_it() {
    built();
    let ended = gotchas(&["extern-c"]);
    let line = "with C-unwind: Rust cannot catch foreign exceptions\n";
    assert!(ended.out.ends_with(line), "{}", ended.out);
}

/// What a process has once, and what each standard library has.
#[test]
fn host_and_plugin_number_the_same_threads_differently() {
    built();
    let ended = gotchas(&["process"]);
    let expected = "\
        process id          one                        the same\n\
        arguments           4                          4\n\
        directory           moved as well              moved\n\
        file descriptor     two                        one\n\
        SIGPIPE             ignored                    ignored\n\
        SIGPIPE, later      default                    set to default\n\
        main thread         ThreadId(1) Some(\"main\")   ThreadId(2) None\n\
        second thread       ThreadId(2) None           ThreadId(1) None\n\
        host's panic hook   called                     not called\n\
        host panics         true                       false\n\
        host's stderr lock  held                       not in the way\n";
    assert_eq!((ended.code, &*ended.out), (Some(0), expected));
}

/// The counterpart of the row `closing`: without a thread-local that
/// has a destructor, a library does go.
#[test]
fn closing_a_library_without_thread_locals_unloads_it() {
    use crate::support::library;
    let mapped = || {
        std::fs::read_to_string("/proc/self/maps")
            .expect("Linux has it")
            .contains("libbasic_plugin")
    };
    let path = library(built(), "basic_plugin");
    // SAFETY: our own library, without constructors.
    let plugin =
        unsafe { libloading::Library::new(&path) }.expect("it opens");
    assert!(mapped());
    assert!(plugin.close().is_ok());
    assert!(!mapped());
}
