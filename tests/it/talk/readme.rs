//! What the README, and those of the crates, show and promise.

use std::path::Path;

use super::read;
use crate::fences;
use crate::support::{paths, root};
use crate::unix::sh;

#[test]
fn what_the_readme_shows_is_real() {
    assert_eq!(sh("make example1 example2").code, Some(0));
    fences::check("README.md");
}

/// The tests of `crates/host` build this product and run it.
#[test]
fn what_the_crates_show_is_real() {
    fences::check("crates/plugin/README.md");
    fences::check("crates/host/README.md");
}

#[test]
fn make_s_example1_prints_one_line() {
    let ended = sh("make -s example1");
    assert_eq!(ended.out, "add(2, 40) = 42\n");
    assert_eq!(ended.err, "");
}

#[test]
fn example2_prints_the_same_every_time() {
    let first = sh("make example2 2>&1");
    assert_eq!(first.code, Some(0), "{first:?}");
    assert_eq!(first.out, sh("make example2 2>&1").out);
}

/// "Separation of concerns": the app knows no plugin.
#[test]
fn the_app_is_built_without_any_plugin() {
    let tree = "cargo tree --package app --edges normal --prefix none \
                --format '{lib}'";
    let ended = sh(tree);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let crates: Vec<_> = ended.out.lines().map(str::trim).collect();
    assert!(crates.contains(&"command_api"), "{crates:?}");
    let mut count = 0;
    for file in paths() {
        let plugin =
            file.strip_prefix("examples/02-registration/plugins/");
        let plugin = plugin.and_then(|p| p.strip_suffix("/Cargo.toml"));
        let Some(plugin) = plugin else { continue };
        let name = plugin.replace('-', "_");
        assert!(!crates.contains(&&*name), "the app depends on {name}");
        count += 1;
    }
    assert!(count >= 3, "only {count} plugins");
}

/// "Nothing else": what crosses the boundary has no foreign layout, and
/// a plugin links nothing but its interface and the standard library.
#[test]
fn the_api_depends_on_std_alone() {
    let tree = "cargo tree --package command-api --prefix none --edges \
                normal,no-proc-macro --format '{lib}'";
    let ended = sh(tree);
    assert_eq!(ended.out, "command_api\nnutshell_plugin\n");
}

/// Relative links of the README lead somewhere.
#[test]
fn every_file_that_the_readme_links_is_there() {
    let readme = read("README.md");
    let links = readme
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .map(|(link, _)| link)
        .filter(|link| !link.contains("://"));
    let mut count = 0;
    for link in links {
        let exists = root().join(Path::new(link)).exists();
        assert!(exists, "README.md: {link} is not there");
        count += 1;
    }
    assert!(count > 10, "only {count} links found");
}

#[test]
fn every_make_target_that_the_readme_names_exists() {
    let help = sh("make help").out;
    let readme = read("README.md");
    let named: Vec<_> = readme
        .split("`make ")
        .skip(1)
        .filter_map(|rest| rest.split(['`', ' ', '\n']).next())
        .collect();
    assert!(named.len() > 5, "{named:?}");
    for target in named {
        let line = format!("  make {target} ");
        assert!(help.contains(&line), "make {target} is not there");
    }
}
