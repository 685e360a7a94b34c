//! What becomes of a panic when an interface silences its plugins'. A
//! hook belongs to the whole process, so this is a test of its own.

use std::panic::{self, catch_unwind};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use nutshell_plugin::{BoxError, Outcome, guard, silence_panics};

static PRINTED: AtomicU32 = AtomicU32::new(0);

fn printed() -> u32 {
    PRINTED.swap(0, Ordering::Relaxed)
}

fn guarded(work: fn() -> Result<(), BoxError>) -> (Outcome, String) {
    let mut error = String::new();
    (guard(&mut error, work), error)
}

#[test]
fn a_panic_that_a_guard_catches_is_not_printed_but_has_its_place() {
    panic::set_hook(Box::new(|_| {
        PRINTED.fetch_add(1, Ordering::Relaxed);
    }));
    let (outcome, error) = guarded(|| panic!("oh"));
    assert_eq!((outcome, &*error), (Outcome::Panicked, "oh"));
    assert_eq!(printed(), 1);

    silence_panics();
    let line = line!() + 1;
    let (outcome, error) = guarded(|| panic!("no tea"));
    let place = format!("{}:{line}:", file!());
    assert_eq!(outcome, Outcome::Panicked);
    assert!(error.starts_with(&place), "{error}");
    assert!(error.ends_with(": no tea"), "{error}");
    assert_eq!(printed(), 0);

    // What the plugin itself catches is forgotten.
    let (outcome, error) = guarded(|| {
        let _ = catch_unwind(|| panic!("caught"));
        Err("an error".into())
    });
    assert_eq!((outcome, &*error), (Outcome::Failed, "an error"));
    assert_eq!(printed(), 0);

    // Nobody else would tell of these.
    let _ = catch_unwind(|| panic!("outside"));
    assert_eq!(printed(), 1);
    guarded(|| {
        let _ = thread::spawn(|| panic!("in a thread")).join();
        Ok(())
    });
    assert_eq!(printed(), 1);
}
