//! What Go's suite asks of the loader and of programs of Linux.

use std::fs;

use crate::host::plugins;
use crate::support::library;

/// Why the host opens plugins with `RTLD_LOCAL`. Go takes the other.
#[test]
fn with_global_symbols_one_plugin_would_run_the_code_of_another() {
    use libloading::os::unix::{
        Library, RTLD_GLOBAL, RTLD_LOCAL, RTLD_NOW,
    };
    for (scope, sides) in [(RTLD_LOCAL, [1, 2]), (RTLD_GLOBAL, [1, 1])]
    {
        let folder = plugins(&["left", "right"]);
        let asked = ["left", "right"].map(|name| {
            let path = library(folder.path(), name);
            // SAFETY: our own library, without constructors.
            let opened =
                unsafe { Library::open(Some(path), RTLD_NOW | scope) };
            // It stays open: rule 3.
            let opened = Box::leak(Box::new(opened.expect("it opens")));
            // SAFETY: the signature is the one in `left.rs`.
            unsafe { opened.get::<extern "C" fn() -> u8>("asked") }
                .expect("it is exported")()
        });
        assert_eq!(asked, sides);
    }
}

/// Linux alone has both kinds of programs.
#[test]
fn the_app_is_a_program_that_runs_at_any_address() {
    let program = fs::read(crate::support::program("app")).unwrap();
    const ET_DYN: u8 = 3;
    assert_eq!(program[16], ET_DYN);
}
