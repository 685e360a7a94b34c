//! The environment that the book's commands see.
//!
//! A command has to print the same whether the book is built by hand,
//! by make or by cargo. So what these two and a person's habits leave
//! in the environment goes. What says where tools and files are (PATH,
//! HOME, CARGO_HOME, CARGO_TARGET_DIR, RUSTUP_*) stays.

use std::env;

/// Variables that go. A name with a `*` stands for all that begin so.
const REMOVED: &[&str] = &[
    // Left by make; with them, an inner make announces its folder.
    "MAKE*",
    "MFLAGS",
    "GNUMAKEFLAGS",
    // Left by `cargo run` and `cargo test`.
    "CARGO",
    "CARGO_BIN_*",
    "CARGO_CRATE_NAME",
    "CARGO_MAKEFLAGS",
    "CARGO_MANIFEST_*",
    "CARGO_PKG_*",
    "CARGO_PRIMARY_PACKAGE",
    "CARGO_TARGET_TMPDIR",
    "OUT_DIR",
    // Left by cargo too; with them, a plugin that is given without a
    // path would be found in the builder's own target folder.
    "LD_LIBRARY_PATH",
    "DYLD_FALLBACK_LIBRARY_PATH",
    // A person's settings that would have Cargo build elsewhere than
    // where a page looks, `cd` go elsewhere, and the shell do more than
    // the command.
    "CARGO_BUILD_BUILD_DIR",
    "CARGO_BUILD_TARGET",
    "CARGO_BUILD_TARGET_DIR",
    "BASH_ENV",
    "BASH_FUNC_*",
    "CDPATH",
    // Habits: colours, log levels.
    "CLICOLOR_FORCE",
    "RUST_LIB_BACKTRACE",
    "RUST_LOG",
];

/// Variables that get one value for everybody.
const FIXED: &[(&str, &str)] = &[
    ("RUST_BACKTRACE", "0"),
    ("LC_ALL", "C"),
    // A configuration file of Cargo's could set these as well.
    ("CARGO_TERM_COLOR", "never"),
    ("CARGO_TERM_HYPERLINKS", "false"),
    ("CARGO_TERM_PROGRESS_WHEN", "never"),
    ("CARGO_TERM_QUIET", "false"),
    ("CARGO_TERM_UNICODE", "true"),
    ("CARGO_TERM_VERBOSE", "false"),
];

/// Cleans the environment of this process, which its commands inherit.
///
/// # Safety
/// No other thread may run yet.
pub unsafe fn clean() {
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(is_removed) {
            // SAFETY: the caller promises that there is one thread.
            unsafe { env::remove_var(name) };
        }
    }
    for (name, value) in FIXED {
        // SAFETY: as above.
        unsafe { env::set_var(name, value) };
    }
}

fn is_removed(name: &str) -> bool {
    REMOVED.iter().any(|removed| match removed.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == *removed,
    })
}
