//! Crates built by another compiler, or through a wrapper.

use std::process::Command;

use crate::crates::Workspace;
use crate::script::rustc;
use crate::unix::shell::shell_script;

/// Nightly's `rustc`, if it is installed. The repository's workflow names
/// a nightly of one day.
fn nightly() -> Option<String> {
    let dated = std::env::var("NIGHTLY_TOOLCHAIN");
    let name = dated.as_deref().unwrap_or("nightly");
    let which = Command::new("rustup")
        .args(["which", "--toolchain", name, "rustc"])
        .output();
    let which = which.ok().filter(|output| output.status.success());
    if which.is_none() {
        eprintln!("skipped: there is no nightly toolchain");
    }
    Some(String::from_utf8(which?.stdout).unwrap().trim().into())
}

#[test]
fn a_wrapper_that_exchanges_the_compiler_is_noticed() {
    let Some(nightly) = nightly() else { return };
    let workspace = Workspace::new();
    let stable = workspace.facts(&[], &[]);
    let version = rustc(&["-V"]);
    assert!(stable.get("rustc").starts_with(version.trim()));

    let wrapper = workspace.path("nightly.sh");
    let text = format!("shift\nexec '{nightly}' \"$@\"");
    shell_script(&wrapper, &text);
    let set = [("RUSTC_WRAPPER", wrapper.to_str().unwrap())];
    let exchanged = workspace.facts(&[], &set);
    let rustc = exchanged.get("rustc");
    assert!(rustc.contains("-nightly ("), "{rustc}");
    for name in ["target", "source", "features"] {
        assert_eq!(stable.get(name), exchanged.get(name));
    }

    // Back again, in the same target folder.
    let again = workspace.facts(&[], &[]);
    assert_eq!(again.get("rustc"), stable.get("rustc"));
}

#[test]
fn a_nightly_compiler_compiles_it_without_a_warning() {
    let Some(nightly) = nightly() else { return };
    let workspace = Workspace::new();
    let facts = workspace.facts(&[], &[("RUSTC", &nightly)]);
    assert!(facts.get("rustc").contains("-nightly ("));
}
