//! A second interface, of tea, that shows how little one needs: the
//! whole of it is `api.rs` and `build.rs`, its host is `host.rs`, and a
//! plugin is `plugin.rs`.
//!
//! Each check of `checks.rs` runs in a process of its own, because what
//! was loaded stays; Cargo builds them in the first test that needs
//! them.

mod packaged;
mod workspace;

use std::process::{Command, Output};

use workspace::BUILT;

/// Runs one check of the toy's host in a fresh process, with an empty
/// folder.
fn run(check: &str, more: &[&str]) -> Output {
    let folder = tempfile::tempdir().expect("a folder");
    let temporary = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(&BUILT.checks);
    for name in ["TMPDIR", "TMP", "TEMP"] {
        command.env(name, temporary.path());
    }
    command.args(["--exact", check, "--nocapture"]).args(more);
    command.env("TOY_PLUGINS", &BUILT.plugins);
    command.env("TOY_FOLDER", folder.path());
    command.env_remove("RUST_BACKTRACE");
    command.output().expect("the checks run")
}

fn passes(check: &str) {
    let output = run(check, &[]);
    let out = String::from_utf8_lossy(&output.stdout);
    let error = String::from_utf8_lossy(&output.stderr);
    let is_good = out.contains("test result: ok. 1 passed");
    assert!(is_good, "{out}\n{error}");
}

macro_rules! checks {
    ($($name:ident)*; copies: $($copy:ident)*) => {
        const CHECKS: &[&str] = &[
            $(stringify!($name),)*
            $(concat!("copies::", stringify!($copy)),)*
        ];

        $(
            #[test]
            fn $name() {
                passes(stringify!($name));
            }
        )*

        $(
            #[test]
            fn $copy() {
                passes(concat!("copies::", stringify!($copy)));
            }
        )*
    };
}

checks! {
    a_plugin_registers_and_each_method_works
    an_error_of_a_method_ends_as_failed_with_its_text
    a_panic_of_a_method_ends_as_panicked_with_its_message
    a_panic_while_it_registers_refuses_a_plugin_with_its_message
    a_panic_of_a_callback_does_not_unwind_into_the_plugin
    a_plugin_of_another_product_is_named_as_such_before_anything_else
    a_plugin_for_another_interface_of_the_product_is_named_as_such
    one_loader_serves_two_versions_of_an_interface
    a_type_that_crosses_must_have_the_same_size
    a_file_is_known_by_each_of_its_names
    a_plugin_that_fails_is_refused_again_by_any_name
    the_name_of_a_plugin_that_failed_is_free
    two_plugins_of_one_name_do_not_meet
    a_file_renamed_over_a_plugin_is_refused_and_the_old_one_works
    a_plugin_that_was_written_to_is_refused
    one_loader_serves_two_folders
    a_second_scan_finds_what_has_registered
    a_panic_of_the_host_leaves_the_loader_usable
    a_plugin_that_never_registered_is_not_taken_for_registered
    a_refusal_has_the_path_the_kind_and_the_reason
    a_file_that_did_not_open_is_not_remembered;

    copies:
    a_copy_registers_beside_what_was_loaded_before
    each_generation_has_its_own_statics
    a_generation_that_fails_leaves_the_one_before_it_in_place
    a_copy_is_of_the_file_as_it_was
    a_plugin_of_another_folder_is_no_generation
    a_file_that_is_refused_is_not_copied
    the_copies_are_private_and_leave_nothing
    what_killed_processes_have_left_is_removed
    under_strict_trust_a_private_copy_is_loaded
    no_copy_can_be_made_where_there_is_no_room
}

#[test]
fn each_check_has_a_test_here() {
    let checks = &BUILT.checks;
    let output = Command::new(checks).arg("--list").output();
    let output = output.expect("the checks run").stdout;
    let output = String::from_utf8(output).expect("UTF-8");
    let names = output.lines().filter_map(|l| l.strip_suffix(": test"));
    let mut names: Vec<&str> = names.collect();
    names.retain(|name| *name != UNCONTAINED);
    let mut checks = CHECKS.to_vec();
    checks.sort();
    assert_eq!(names, checks);
}

const UNCONTAINED: &str = "a_panic_that_crosses";

#[test]
fn a_panic_of_a_callback_that_is_not_contained_ends_the_process() {
    let output = run(UNCONTAINED, &["--ignored"]);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{error}");
    let text = "Rust cannot catch foreign exceptions";
    assert!(error.contains(text), "{error}");
}

#[test]
fn an_interface_of_three_methods_has_at_most_eighty_lines() {
    let files = [include_str!("api.rs"), include_str!("build.rs")];
    let lines: usize = files.map(lines_of).iter().sum();
    assert!(lines <= 80, "{lines} lines");
}

#[test]
fn its_host_has_at_most_forty_lines() {
    let lines = lines_of(include_str!("host.rs"));
    assert!(lines <= 40, "{lines} lines");
}

#[test]
fn a_plugin_fits_on_a_slide_and_has_no_unsafe() {
    let plugin = include_str!("plugin.rs");
    // A slide's title says what the first line says.
    let code = plugin.lines().filter(|l| !l.starts_with("//!"));
    let code: Vec<&str> = code.collect();
    let lines = lines_of(&code.join("\n"));
    assert!(lines <= 15, "{lines} lines");
    assert!(code.iter().all(|line| line.len() <= 72));
    assert!(!plugin.contains("unsafe"));
}

/// All lines that are not blank.
fn lines_of(source: &str) -> usize {
    source.lines().filter(|line| !line.trim().is_empty()).count()
}
