//! Facts of a build that no version and no source shows: the processor
//! that it is for, and how the host itself was built.

use std::path::Path;
use std::process::Command;

use crate::host::own;
use crate::refusals::{Workspace, assert_refused};
use crate::support::{debug, finish, library, root, run};

/// It agrees in all that the compiler checks, and dies with SIGILL.
#[test]
#[cfg(target_arch = "x86_64")]
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
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(workspace.path("."));
    cargo.args(["rustc", "--quiet", "--offline", "-p", "voice"]);
    let built =
        finish(cargo.args(["--target-dir", "target", "--", &flags]));
    assert_eq!(built.code, Some(0), "{built:?}");
    let plugin = library(&debug(&workspace.path("target")), "voice");
    assert_refused(&plugin, &reason);

    // A name that is unstable in Rust is not seen by any `cfg`.
    let flags = ("RUSTFLAGS", "-Ctarget-feature=+amx-tile");
    assert_refused(
        &workspace.build(&[], &[flags]),
        "built with target-features that this app cannot ask the processor \
         for: amx-tile; rebuild it with the plugin-builder image",
    );
}

/// What the compiler says of the host's crate, built so.
#[cfg(target_os = "linux")]
fn error_of_a_host(arguments: &[&str], flags: &str) -> String {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-host");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(root()).env("RUSTFLAGS", flags);
    cargo.args(["check", "--offline", "--package", "nutshell-host"]);
    cargo.arg("--target-dir").arg(target).args(arguments);
    let ended = finish(&mut cargo);
    let error = ended.err.split("error: ").nth(1).unwrap_or_default();
    let line = error.lines().next().unwrap_or_default().to_owned();
    assert_eq!(
        ended.code.is_none_or(|code| code != 0),
        !line.is_empty()
    );
    line
}

#[test]
#[cfg(target_os = "linux")]
fn a_host_that_cannot_have_plugins_does_not_compile() {
    let target = own("target");
    let target = ["--target", &target];
    let is_static = "-Ctarget-feature=+crt-static";
    let error = error_of_a_host(&target, is_static);
    let start = "a statically linked host cannot load plugins: ";
    assert!(error.starts_with(start), "{error}");

    let abort = ["--config", "profile.dev.panic='abort'"];
    let error = error_of_a_host(&abort, "");
    let start =
        "a host that is built with panic = \"abort\" ends with ";
    assert!(error.starts_with(start), "{error}");

    let accepts = [&abort[..], &["--features", "panic-abort"]].concat();
    assert_eq!(error_of_a_host(&accepts, ""), "");
    assert_eq!(error_of_a_host(&[], ""), "");
}
