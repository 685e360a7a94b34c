//! Runs a test in a process of its own. A library that a process has
//! loaded stays until it ends, and so does its folder on Windows: only
//! another process can remove that.

use std::any::type_name;
use std::env;
use std::process::Command;

use crate::support::{finish, folder};

/// Set in the process that [`alone`] starts.
const ALONE: &str = "TEST_ALONE";

/// Whether what this process loads is removed when it has ended.
pub fn is_alone() -> bool {
    env::var_os(ALONE).is_some()
}

/// Runs the test that calls this in a process of its own, and removes
/// all temporary folders of that process when it has ended.
pub fn alone<Test: FnOnce()>(test: Test) {
    if is_alone() {
        return test();
    }
    // The closure is called `it::module::test::{{closure}}`.
    let name = type_name::<Test>().trim_end_matches("::{{closure}}");
    let (_, name) = name.split_once("::").expect("a module");
    let place = folder();
    let mut run =
        Command::new(env::current_exe().expect("a test has a path"));
    run.args(["--exact", name, "--nocapture"]).env(ALONE, "1");
    for variable in ["TMPDIR", "TMP", "TEMP"] {
        run.env(variable, place.path());
    }
    let ended = finish(&mut run);
    let passed = ended.out.contains("test result: ok. 1 passed");
    assert!(ended.code == Some(0) && passed, "{ended:?}");
    place.close().expect("nobody uses its folder any more");
}

#[test]
fn a_library_is_loaded_in_no_process_that_stays() {
    let folder = folder();
    let loads = || crate::host::load(folder.path());
    assert_eq!(std::panic::catch_unwind(loads).is_err(), !is_alone());
    alone(|| drop(crate::host::load(folder.path())));
}

#[test]
fn a_test_that_fails_alone_fails() {
    assert!(!is_alone(), "as it should");
    let fails = || alone(|| ());
    assert!(std::panic::catch_unwind(fails).is_err());
}
