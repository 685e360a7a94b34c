//! The crates that are no members of the workspace have lock files of
//! their own. Each of them names what our crates depend on now.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::support::root;

/// The dependencies of each package that a lock file takes from a folder
/// and not from a registry, by the package's name and version.
fn own(lock: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for package in lock.split("[[package]]").skip(1) {
        let value = |name: &str| {
            let lines = package.lines();
            let mut values = lines.filter_map(|l| l.strip_prefix(name));
            values
                .next()
                .map(|value| value.trim_matches('"').to_owned())
        };
        if value("source = ").is_none() {
            let name = value("name = ").expect("it has a name");
            let version = value("version = ").expect("a version");
            let (_, rest) =
                package.split_once("[\n").unwrap_or_default();
            let names = rest.lines().map_while(|line| {
                let name =
                    line.strip_prefix(" \"")?.strip_suffix("\",")?;
                // A version stands behind it where there are several.
                Some(name.split(' ').next()?.to_owned())
            });
            found.insert(format!("{name} {version}"), names.collect());
        }
    }
    found
}

/// What only the tests of one of our crates need.
fn dev(package: &str) -> BTreeSet<String> {
    let name = package.split(' ').next().unwrap_or_default();
    let folder = name.strip_prefix("nutshell-").unwrap_or_default();
    let path = root().join("crates").join(folder).join("Cargo.toml");
    let text = fs::read_to_string(path).unwrap_or_default();
    let (_, rest) =
        text.split_once("[dev-dependencies]\n").unwrap_or_default();
    let lines = rest.lines().take_while(|line| !line.starts_with('['));
    let names = lines.filter_map(|line| line.split(['.', ' ']).next());
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// What a lock file says about our crates that is not so.
fn stale(lock: &str, root: &str) -> Vec<String> {
    let root = own(root);
    let differs = |(name, needs): (String, BTreeSet<String>)| {
        let Some(ours) = root.get(&name) else {
            let is_ours = name.starts_with("nutshell-");
            return is_ours.then(|| format!("{name} is no more"));
        };
        // Tests of a crate do not count where it is no member.
        let dev = dev(&name);
        let is_true = needs.is_subset(ours)
            && ours.difference(&needs).all(|need| dev.contains(need));
        (!is_true)
            .then(|| format!("{name} needs {ours:?}, not {needs:?}"))
    };
    own(lock).into_iter().filter_map(differs).collect()
}

const LOCKS: [&str; 6] = [
    "bench/alternatives",
    "crates/host/fuzz",
    "examples/02-registration/images/reverse",
    "examples/03-darkroom/author",
    "tests/plugins/in_c",
    "tests/plugins/kettle",
];

fn read(folder: &str) -> String {
    let path = root().join(folder).join("Cargo.lock");
    fs::read_to_string(path).expect("a lock file")
}

#[test]
fn each_lock_file_names_what_our_crates_need() {
    for folder in LOCKS {
        let stale = stale(&read(folder), &read("."));
        assert_eq!(
            stale, [""; 0],
            "{folder}: type cargo update -w there"
        );
        assert!(!own(&read(folder)).is_empty(), "{folder}");
    }
}

#[test]
fn a_crate_that_needs_something_else_is_found() {
    let root = read(".");
    for (from, to) in [
        (" \"libloading\",\n \"log\"", " \"log\""),
        (" \"nutshell-flags\",\n", ""),
        (
            "name = \"nutshell-flags\"\nversion = \"",
            "name = \"nutshell-flags\"\nversion = \"9",
        ),
    ] {
        assert!(root.contains(from), "{from}");
        let moved = root.replace(from, to);
        let stale = stale(&read("crates/host/fuzz"), &moved);
        assert!(!stale.is_empty(), "{to}");
    }
}
