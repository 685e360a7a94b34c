//! Facts of a build that no version and no source shows: the processor
//! that it is for.

use crate::refusals::assert_refused;
use crate::support::{Built, run};
use crate::workspace::Workspace;

/// It agrees in all that the compiler checks, and dies with SIGILL.
#[test]
fn a_plugin_for_another_processor_is_refused_with_what_is_missing() {
    // What no processor has together: one of them is from Intel alone.
    let missing =
        if is_x86_feature_detected!("tbm") { "kl" } else { "tbm" };
    let flags = format!("-Ctarget-feature=+{missing}");
    let reason = format!(
        "built with target-features that this processor lacks: {missing}; \
         rebuild it with the plugin-builder image"
    );
    let workspace = Workspace::new();
    let plugin = workspace.build(&[], &[("RUSTFLAGS", &flags)]);
    assert_refused(&plugin, &reason);
    let inspected =
        run("app", &["inspect".as_ref(), plugin.as_os_str()]);
    let marked = inspected.out.contains("\n! target-features   ");
    assert!(marked, "{}", inspected.out);

    // By a flag of the plugin's own crate, which no build script sees.
    let mut cargo = workspace.cargo(env!("CARGO"), "rustc");
    let built = Built::by(cargo.args(["--", &flags]));
    let plugin = built.library("voice");
    assert_refused(&plugin, &reason);

    // A name that is unstable in Rust is not seen by any `cfg`.
    let flags = ("RUSTFLAGS", "-Ctarget-feature=+amx-tile");
    assert_refused(
        &workspace.build(&[], &[flags]),
        "built with target-features that this app cannot ask the processor \
         for: amx-tile; rebuild it with the plugin-builder image",
    );
}
