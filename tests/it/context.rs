//! What an engine gets to build the images from, by `.dockerignore`.

use std::path::Path;

use crate::images::read;
use crate::support::root;

/// Whether a `.dockerignore` lets a file or folder into the build. The
/// last rule that matches decides.
fn is_sent(ignore: &str, path: &str) -> bool {
    let mut sent = true;
    for rule in ignore.lines().filter(|rule| !rule.starts_with('#')) {
        let pattern = rule.trim_start_matches(['!', '/']);
        let matches = match pattern.strip_prefix("**/") {
            Some(name) => path.split('/').any(|part| part == name),
            None if pattern == "*" => true,
            None => Path::new(path).starts_with(pattern),
        };
        if matches && !pattern.is_empty() {
            sent = rule.starts_with('!');
        }
    }
    sent
}

/// The files of the repository that a build of an image gets.
pub fn sent(ignore: &str) -> Vec<String> {
    let mut sent = preflight::files(root());
    sent.retain(|file| is_sent(ignore, file));
    sent
}

#[test]
fn a_build_gets_what_cargo_reads_and_nothing_else() {
    let ignore = read(".dockerignore");
    let keeps_out = |ignore: &str| {
        [
            ".git/config",
            "bench/results.json",
            "book/src/images.md",
            "crates/host/fuzz/Cargo.toml",
            "crates/host/tests/libraries/arm-linux",
            "examples/gotchas/shared-runtime/target/debug/app",
            "node_modules/x.js",
            "slides.md",
            "target/debug/app",
        ]
        .into_iter()
        .filter(|file| is_sent(ignore, file))
        .collect::<Vec<_>>()
    };
    assert_eq!(keeps_out(&ignore), [""; 0]);
    assert_eq!(keeps_out("target\n.git\nnode_modules\n").len(), 6);
    assert_eq!(keeps_out(&ignore.replace("\n*\n", "\n")).len(), 4);
    for (rule, file) in [
        ("bench/results.json\n", "bench/results.json"),
        ("**/fuzz\n", "crates/host/fuzz/Cargo.toml"),
        (
            "crates/host/tests/libraries\n",
            "crates/host/tests/libraries/arm-linux",
        ),
    ] {
        assert_eq!(keeps_out(&ignore.replace(rule, "")), [file]);
    }
    // The mechanism, the interface, and what a plugin is locked to. A
    // test that a manifest names has to be there, too.
    let needed = [
        "Cargo.lock",
        "crates/build/Cargo.toml",
        "crates/log/tests/tracing.rs",
        "crates/plugin/build.rs",
        "crates/plugin/src/lib.rs",
        "examples/02-registration/api/build.rs",
        "examples/02-registration/images/reverse/Cargo.toml",
    ];
    let lacks = |ignore: &str| {
        let lacking = needed.iter().filter(|f| !is_sent(ignore, f));
        lacking.count()
    };
    assert_eq!(lacks(&ignore), 0);
    assert_eq!(lacks(&ignore.replace("!crates\n", "")), 4);
    assert_eq!(lacks(&ignore.replace("!examples\n", "")), 2);
}
