//! The compiler, the target and the features, as a build script that is
//! started by hand sees them.

use crate::script::{Crate, rustc, target};

pub fn interface() -> Crate {
    Crate::new(&[("src/lib.rs", "")])
}

pub fn identity() -> String {
    let answer = rustc(&["-vV"]);
    let lines = answer.lines().filter(|line| {
        !line.starts_with("host:") && !line.starts_with("binary:")
    });
    lines.collect::<Vec<_>>().join("; ")
}

#[test]
fn the_compiler_is_told_without_its_host() {
    let fact = interface().fact("RUSTC");
    assert_eq!(fact, identity());
    assert!(fact.starts_with("rustc ") && fact.contains("commit-hash"));
    assert!(!fact.contains("host:"));
}

#[test]
fn an_empty_wrapper_is_none() {
    let it = interface()
        .variable("RUSTC_WRAPPER", "")
        .variable("RUSTC_WORKSPACE_WRAPPER", "");
    assert_eq!(it.fact("RUSTC"), identity());
}

#[test]
fn a_built_in_target_is_told_by_its_name() {
    assert_eq!(interface().fact("TARGET"), target().0);
}

/// The compiler as it is where custom targets are possible.
fn unstable(it: Crate, name: &str, os: &str) -> Crate {
    it.variable("TARGET", name)
        .variable("CARGO_CFG_TARGET_OS", os)
        .variable("RUSTC_BOOTSTRAP", "1")
}

#[test]
fn custom_targets_of_one_name_are_told_apart() {
    let of = |os| unstable(interface(), "x", os).fact("TARGET");
    assert!(of("one").starts_with("x (custom, "), "{}", of("one"));
    assert_ne!(of("one"), of("two"));
    assert_eq!(of("one"), of("one"));
}

#[test]
fn a_custom_target_with_the_name_of_a_built_in_one_is_custom() {
    let fact =
        unstable(interface(), &target().0, "mine").fact("TARGET");
    assert!(fact.contains(" (custom, "), "{fact}");
}

#[test]
fn a_custom_target_has_the_features_of_all_targets() {
    let text = unstable(interface(), "x", "none").generated();
    assert!(text.contains("\"avx2\"") && text.contains("\"neon\""));
}

#[test]
fn a_compiler_that_does_not_list_features_is_an_error() {
    let it = interface()
        .variable("TARGET", "x")
        .variable("RUSTC_BOOTSTRAP", "-1");
    let error = it.error();
    assert!(error.starts_with("rustc: exit status: 1: "), "{error}");
}

#[test]
fn another_architecture_has_other_features() {
    let name = "aarch64-unknown-linux-gnu";
    let mut it = interface().variable("TARGET", name);
    let cfg = rustc(&["--print", "cfg", "--target", name]);
    for (variable, _) in &target().1 {
        let property =
            variable.replace("CARGO_CFG_", "").to_lowercase();
        let start = format!("{property}=");
        let values: Vec<_> = cfg
            .lines()
            .filter_map(|line| line.strip_prefix(&start))
            .map(|value| value.trim_matches('"'))
            .collect();
        it = it.variable(variable, &values.join(","));
    }
    assert_eq!(it.fact("TARGET"), name);
    let text = it.generated();
    assert!(text.contains("\"neon\"") && !text.contains("\"avx2\""));
}

#[test]
fn the_features_of_the_crate_keep_their_spelling() {
    let it = interface()
        .variable("CARGO_CFG_FEATURE", "newer-API,default")
        .variable("CARGO_FEATURE_NEWER_API", "1");
    assert_eq!(it.fact("FEATURES"), "default,newer-API");
}

#[test]
fn the_optimization_level_is_told() {
    let it = interface().variable("OPT_LEVEL", "z");
    assert_eq!(it.fact("OPT_LEVEL"), "z");
}

#[test]
fn the_generated_file_has_every_feature_that_rust_knows() {
    let answer = rustc(&["--print", "target-features"]);
    let known: Vec<_> = answer
        .lines()
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "crt-static")
        .collect();
    assert!(known.len() > 10);
    let text = interface().generated();
    assert_eq!(text.matches("target_feature =").count(), known.len());
    for name in known {
        assert!(text.contains(&format!("(\"{name}\", ")), "{name}");
    }
    assert!(!text.contains("crt-static"));
    assert!(!text.contains("16bit-mode"));
}
