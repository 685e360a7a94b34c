//! A constructor of an ELF file, which is never run if it is refused.

use std::fs;

use crate::refusals::{assert_accepted, assert_refused, differs};
use crate::support::folder;
use crate::workspace::Workspace;

/// Go would run it: its check comes after the constructors.
#[test]
fn a_refused_plugin_has_not_run_its_constructors() {
    let mark = folder();
    let mark = mark.path().join("constructed");
    let constructor = format!(
        "#[used]\n#[unsafe(link_section = \".init_array\")]\n\
         static INIT: extern \"C\" fn() = {{\n    \
         extern \"C\" fn init() {{\n        \
         std::fs::write({mark:?}, \"\").unwrap();\n    }}\n    init\n}};\n"
    );
    let workspace = Workspace::new().edit(
        "examples/02-registration/plugins/voice/src/lib.rs",
        "// ANCHOR_END: plugin\n",
        &constructor,
    );
    let plugin = workspace.build(&[], &[]);
    assert_accepted(&plugin);
    assert!(
        mark.exists(),
        "a plugin that agrees runs its constructors"
    );
    fs::remove_file(&mark).unwrap();

    let arguments = ["--config", "profile.dev.panic='abort'"];
    let plugin = workspace.build(&arguments, &[]);
    assert_refused(&plugin, &differs("panic abort", "panic unwind"));
    assert!(!mark.exists(), "its constructors have run");
}
