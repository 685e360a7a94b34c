//! The two calls of Example 1, as the deck shows them: the signatures of
//! libloading itself, in the version that is locked.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use libloading::{Error, Library, Symbol};
use serde_json::Value;

use crate::support::root;

type Add = extern "C" fn(i64, i64) -> i64;

/// The source of libloading's `Library`.
static SOURCE: LazyLock<String> = LazyLock::new(|| {
    let cargo = std::env::var_os("CARGO").unwrap_or("cargo".into());
    let output = Command::new(cargo)
        .current_dir(root())
        .args(["metadata", "--format-version=1", "--offline"])
        .args(["--filter-platform", "host-tuple"])
        .output()
        .expect("cargo runs");
    let all: Value =
        serde_json::from_slice(&output.stdout).expect("JSON");
    let mut packages = all["packages"].as_array().expect("some").iter();
    let found =
        packages.find(|package| package["name"] == "libloading");
    let manifest = found.expect("libloading")["manifest_path"].as_str();
    let manifest = PathBuf::from(manifest.expect("a path"));
    fs::read_to_string(manifest.with_file_name("src/safe.rs"))
        .expect("its source")
});

/// Checks signatures that are shown, each up to an empty line.
///
/// # Errors
/// If libloading has no such signature.
pub fn check(shown: &str) -> Result<String, String> {
    let one_line = |text: &str| {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let source = one_line(&SOURCE);
    for part in shown.split("\n\n") {
        let code = part.lines().filter(|line| !line.starts_with("//"));
        let code = one_line(&code.collect::<Vec<_>>().join("\n"));
        if !source.contains(&format!("pub {code} {{")) {
            return Err(format!("libloading has no `{code}`"));
        }
    }
    Ok(shown.to_owned())
}

/// The same with the types of Example 1, as the book shows them.
#[test]
#[allow(clippy::type_complexity, reason = "that is what is shown")]
fn the_two_calls_have_these_types() {
    // ANCHOR: calls
    // The counterpart of `plugin.Open`.
    let _: unsafe fn(&'static Path) -> Result<Library, Error> =
        Library::new;

    // The counterpart of `Lookup`.
    let _: for<'a> unsafe fn(
        &'a Library,
        &'static str,
    ) -> Result<Symbol<'a, Add>, Error> = Library::get;
    // ANCHOR_END: calls
}

#[test]
fn a_signature_that_libloading_does_not_have_is_found() {
    let new = "unsafe fn new(filename: impl AsFilename)\n    \
               -> Result<Library, Error>\n";
    check(new).expect("it is there");
    for other in [
        new.replace("impl AsFilename", "&Path"),
        new.replace("unsafe ", ""),
        new.replace("Error>", "Error>;"),
        format!("{new}\nfn other()\n"),
    ] {
        check(&other).expect_err(&other);
    }
}
