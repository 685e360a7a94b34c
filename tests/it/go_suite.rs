//! What the test suite of Go's package `plugin` asks of plugins, asked
//! of ours. The book's chapter `go-tests.md` has the whole list; tests
//! in other files answer for the rest of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use app::registry::Registry;
use command_api::nutshell_plugin::Outcome;

use crate::alone::alone;
use crate::host::{add_plugin, app, load, plugins};
use crate::support::{
    Built, Ended, SAY_WHERE, built_small, copy, finish, folder,
    library, root, write,
};

/// Runs a command in this process; what it wrote, or its error.
fn call(
    registry: &Registry,
    name: &str,
    words: &[&str],
) -> (Outcome, String) {
    let (mut out, mut error) = (String::new(), String::new());
    let entry = registry.get(name).expect("it is registered");
    let outcome = entry.command.run(words, &mut out, &mut error);
    (outcome, out + &error)
}

fn counts(registry: &Registry, name: &str) -> String {
    call(registry, name, &[]).1
}

#[test]
fn a_plugin_that_is_loaded_twice_is_the_same_plugin() {
    alone(|| {
        let folder = plugins(&["counter"]);
        let first = load(folder.path());
        assert_eq!(counts(&first, "counter"), "1");
        let second = load(folder.path());
        assert_eq!(counts(&second, "counter"), "2");
        assert_eq!(counts(&first, "counter"), "3");
    });
}

/// Go refuses the copy: "plugin already loaded".
#[test]
fn a_copied_file_is_a_second_plugin_with_statics_of_its_own() {
    alone(|| {
        let folder = folder();
        add_plugin(folder.path(), "counter", "one");
        add_plugin(folder.path(), "counter", "two");
        let registry = load(folder.path());
        assert_eq!(counts(&registry, "one"), "1");
        assert_eq!(counts(&registry, "one"), "2");
        assert_eq!(counts(&registry, "two"), "1");
    });
}

#[test]
fn plugins_that_have_all_names_in_common_each_run_their_own_code() {
    let folder = plugins(&["left", "right"]);
    let left = app(folder.path(), &["left"]);
    assert_eq!(left.out, "Side { number: 1 }\n");
    let right = app(folder.path(), &["right"]);
    assert_eq!(right.out, "Side { number: \"2\" }\n");
}

#[test]
fn a_plugin_is_loaded_and_called_by_eight_threads_at_once() {
    alone(|| {
        let folder = folder();
        add_plugin(folder.path(), "counter", "shared");
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let registry = load(folder.path());
                    for _ in 0..1000 {
                        counts(&registry, "shared");
                    }
                });
            }
        });
        assert_eq!(counts(&load(folder.path()), "shared"), "8001");
    });
}

/// A panic unwinds the plugin's stack and ends there, each time.
#[test]
fn a_command_may_panic_a_thousand_times_and_still_works() {
    alone(|| {
        let folder = plugins(&["endings"]);
        let registry = load(folder.path());
        for number in 1..=1000 {
            let ended =
                call(&registry, "panics", &[&number.to_string()]);
            let text = format!("{number} is too much");
            assert_eq!(ended, (Outcome::Panicked, text));
        }
        let silent = call(&registry, "silent", &[]);
        assert_eq!(silent, (Outcome::Done, String::new()));
    });
}

#[test]
fn a_plugin_starts_programs_again_and_again() {
    let folder = plugins(&["children", "voice"]);
    for _ in 0..25 {
        let ended = app(folder.path(), &["children"]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let lines: Vec<_> = ended.out.lines().collect();
        assert_eq!(lines.len(), 8, "{ended:?}");
        assert!(
            lines.iter().all(|line| *line == lines[0]),
            "{ended:?}"
        );
        assert!(lines[0].contains(": 0, "), "{ended:?}");
    }
}

#[test]
fn a_plugin_may_be_a_host_itself() {
    let folder = plugins(&["nested"]);
    let more = folder.path().join("more");
    fs::create_dir(&more).expect("a new folder");
    add_plugin(&more, "nested", "nested");
    add_plugin(&more, "voice", "voice");
    let ended = app(folder.path(), &["nested", "shout", "inside"]);
    assert_eq!((ended.code, &*ended.out), (Some(0), "INSIDE!\n"));
    // One deeper, where there is no such folder.
    let ended = app(folder.path(), &["nested", "nested", "shout"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.err.starts_with("nested: failed: "), "{ended:?}");
}

/// A folder with `live` as it is built for debugging, and one with what
/// a person would ship.
fn live() -> [tempfile::TempDir; 2] {
    let shipped = folder();
    let plugin = built_small("live");
    copy(&plugin, &library(shipped.path(), "live"));
    [plugins(&["live"]), shipped]
}

#[test]
fn code_that_only_a_table_of_methods_reaches_is_alive() {
    for folder in live() {
        let ended = app(folder.path(), &["live"]);
        assert_eq!(
            ended.out,
            "crab: crab says nothing\n\
             |1.5: 1.5: 3\n\
             @baz,omitempty: baz,omitempty: 13\n\
             ä: None\n\
             \": Some(\"\\\">[~<#|\")\n\
             &: Some(\"&$@;/:+,?\")\n\
             a crab: true\n"
        );
    }
}

/// So a downcast must never cross from one side to the other.
#[test]
fn builds_that_agree_have_other_ids_for_the_same_type() {
    let ids = live().map(|folder| {
        let ended = app(folder.path(), &["--strict", "type-id"]);
        assert!(ended.out.starts_with("TypeId("), "{ended:?}");
        ended.out
    });
    assert_ne!(ids[0], ids[1]);
}

/// That is what the debug information of a library is for.
#[test]
fn a_backtrace_names_the_lines_of_a_plugin_unless_it_is_stripped() {
    let [debug, shipped] =
        live().map(|folder| app(folder.path(), &["lines"]).out);
    assert!(debug.contains("live.rs:"), "{debug}");
    assert!(!shipped.contains("live.rs:"), "{shipped}");
}

/// Crates outside of the workspace, in a folder with an odd name. It
/// stays, so that what they need is compiled once.
struct Crates(PathBuf);

impl Crates {
    fn new() -> Self {
        let kept = Path::new(env!("CARGO_TARGET_TMPDIR"));
        Self(kept.join("a plügin.v2, näive & new"))
    }

    fn add(&self, name: &str, kinds: &str, needs: &str, source: &str) {
        let folder = self.0.join(name);
        fs::create_dir_all(&folder).expect("a folder");
        let api = root().join("examples/02-registration/api");
        let manifest = format!(
            "[workspace]\n\
             [package]\nname = '{name}'\nedition = '2024'\n\
             [lib]\npath = 'lib.rs'\ncrate-type = {kinds}\n\
             [dependencies]\ncommand-api.path = '{}'\n{needs}\n",
            api.display()
        );
        write(folder.join("Cargo.toml"), &manifest);
        let source = format!(
            "//! A plugin.\n\
             command_api::plugin!(register);\n\
             fn register(init: &mut command_api::Initializer, \
             _: command_api::Logger) -> command_api::Result {{\n    \
             init.command(\"{name}\", \"made\", |_, out| \
             Ok(write!(out, \"{{}}\", {source})?))?;\n    Ok(())\n}}\n\
             #[inline(never)]\npub fn shared() -> u8 {{ 7 }}\n"
        );
        write(folder.join("lib.rs"), &source);
    }

    fn build(&self, name: &str) -> Ended {
        let manifest = self.0.join(name).join("Cargo.toml");
        finish(
            Command::new(env!("CARGO"))
                .current_dir(root())
                .args(["build", "--quiet", "--offline", SAY_WHERE])
                .arg("--manifest-path")
                .arg(manifest)
                .arg("--target-dir")
                .arg(self.0.join("target"))
                .env("GREETING", "|@@) ünï \"q\""),
        )
    }
}

#[test]
fn a_plugin_is_built_in_and_loaded_from_a_folder_with_an_odd_name() {
    let made = Crates::new();
    made.add(
        "odd",
        "['cdylib']",
        "",
        "std::path::Path::new(env!(\"CARGO_MANIFEST_DIR\"))\
         .join(env!(\"GREETING\")).display()",
    );
    let odd = Built::of(&made.build("odd")).library("odd");
    let plugins = made.0.join("plugins");
    fs::create_dir_all(&plugins).expect("a folder");
    copy(&odd, &library(&plugins, "odd"));
    let ended = app(&plugins, &["odd"]);
    let folder = made.0.join("odd").join("|@@) ünï \"q\"");
    assert_eq!(ended.out, folder.display().to_string(), "{ended:?}");
}

/// Both have a `plugin_register`. What plugins share belongs into a
/// crate that is none.
#[test]
fn a_plugin_that_depends_on_the_crate_of_another_does_not_link() {
    let made = Crates::new();
    made.add("other", "['cdylib', 'rlib']", "", "shared()");
    let needs = "other.path = '../other'";
    made.add("user", "['cdylib']", needs, "other::shared()");
    let other = made.build("other");
    assert_eq!(other.code, Some(0), "{other:?}");
    let ended = made.build("user");
    assert_eq!(ended.code, Some(101), "{ended:?}");
    assert!(ended.err.contains("linking with"), "{ended:?}");
    assert!(ended.err.contains("plugin_register"), "{ended:?}");
}
