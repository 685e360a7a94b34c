//! What the test suite of Go's package `plugin` asks of plugins, asked
//! of ours. The book's chapter `go-tests.md` has the whole list; tests
//! in other files answer for the rest of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use app::registry::Registry;
use app::scan::Trust;
use plugin_api::boundary::Outcome;

use crate::example2::{add_plugin, app, plugins};
use crate::support::{
    Ended, built_small, copy, finish, folder, library, root, write,
};

/// Loads the folder into this process.
fn load(folder: &Path) -> Registry {
    let mut registry = Registry::new(&[]);
    let trust = Trust::Permissions;
    // SAFETY: the tests have built what is in the folder.
    let refused =
        unsafe { app::load_folder(folder, trust, &mut registry) };
    assert_eq!(refused.expect("it can be read"), [""; 0]);
    registry
}

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
    let folder = plugins(&["counter"]);
    let first = load(folder.path());
    assert_eq!(counts(&first, "counter"), "1");
    let second = load(folder.path());
    assert_eq!(counts(&second, "counter"), "2");
    assert_eq!(counts(&first, "counter"), "3");
}

/// Go refuses the copy: "plugin already loaded".
#[test]
fn a_copied_file_is_a_second_plugin_with_statics_of_its_own() {
    let folder = folder();
    add_plugin(folder.path(), "counter", "one");
    add_plugin(folder.path(), "counter", "two");
    let registry = load(folder.path());
    assert_eq!(counts(&registry, "one"), "1");
    assert_eq!(counts(&registry, "one"), "2");
    assert_eq!(counts(&registry, "two"), "1");
}

#[test]
fn plugins_that_have_all_names_in_common_each_run_their_own_code() {
    let folder = plugins(&["left", "right"]);
    let left = app(folder.path(), &["left"]);
    assert_eq!(left.out, "Side { number: 1 }\n");
    let right = app(folder.path(), &["right"]);
    assert_eq!(right.out, "Side { number: \"2\" }\n");
}

/// Why the host opens plugins with `RTLD_LOCAL`. Go takes the other.
#[test]
#[cfg(target_os = "linux")]
fn with_global_symbols_one_plugin_would_run_the_code_of_another() {
    use libloading::os::unix::{
        Library, RTLD_GLOBAL, RTLD_LOCAL, RTLD_NOW,
    };
    for (scope, sides) in [(RTLD_LOCAL, [1, 2]), (RTLD_GLOBAL, [1, 1])]
    {
        let folder = plugins(&["left", "right"]);
        let asked = ["left", "right"].map(|name| {
            let path = library(folder.path(), name);
            // SAFETY: our own library, without constructors.
            let opened =
                unsafe { Library::open(Some(path), RTLD_NOW | scope) };
            // It stays open: rule 3.
            let opened = Box::leak(Box::new(opened.expect("it opens")));
            // SAFETY: the signature is the one in `left.rs`.
            unsafe { opened.get::<extern "C" fn() -> u8>("asked") }
                .expect("it is exported")()
        });
        assert_eq!(asked, sides);
    }
}

#[test]
fn a_plugin_is_loaded_and_called_by_eight_threads_at_once() {
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
}

/// A panic unwinds the plugin's stack and ends there, each time.
#[test]
fn a_command_may_panic_a_thousand_times_and_still_works() {
    let folder = plugins(&["endings"]);
    let registry = load(folder.path());
    for number in 1..=1000 {
        let ended = call(&registry, "panics", &[&number.to_string()]);
        let text = format!("{number} is too much");
        assert_eq!(ended, (Outcome::Panicked, text));
    }
    let silent = call(&registry, "silent", &[]);
    assert_eq!(silent, (Outcome::Done, String::new()));
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

/// Linux alone has both kinds of programs.
#[test]
#[cfg(target_os = "linux")]
fn the_app_is_a_program_that_runs_at_any_address() {
    let program = fs::read(crate::support::program("app")).unwrap();
    const ET_DYN: u8 = 3;
    assert_eq!(program[16], ET_DYN);
}

/// A crate outside of the workspace, in a folder with an odd name.
struct Crate(tempfile::TempDir);

impl Crate {
    fn new() -> Self {
        Self(folder())
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("a plügin.v2, näive & new")
    }

    fn add(&self, name: &str, kinds: &str, needs: &str, source: &str) {
        let folder = self.folder().join(name);
        fs::create_dir_all(&folder).expect("a new folder");
        let api = root().join("examples/02-registration/api");
        let manifest = format!(
            "[workspace]\n\
             [package]\nname = '{name}'\nedition = '2024'\n\
             [lib]\npath = 'lib.rs'\ncrate-type = {kinds}\n\
             [dependencies]\nplugin-api.path = '{}'\n{needs}\n",
            api.display()
        );
        write(folder.join("Cargo.toml"), &manifest);
        let source = format!(
            "//! A plugin.\n\
             plugin_api::plugin!(register);\n\
             fn register(init: &mut plugin_api::Initializer, \
             _: plugin_api::Logger) -> plugin_api::Result {{\n    \
             init.command(\"{name}\", \"made\", |_, out| \
             Ok(write!(out, \"{{}}\", {source})?))?;\n    Ok(())\n}}\n\
             #[inline(never)]\npub fn shared() -> u8 {{ 7 }}\n"
        );
        write(folder.join("lib.rs"), &source);
    }

    fn build(&self, name: &str) -> Ended {
        let manifest = self.folder().join(name).join("Cargo.toml");
        finish(
            Command::new(env!("CARGO"))
                .current_dir(root())
                .args(["build", "--quiet", "--offline"])
                .arg("--manifest-path")
                .arg(manifest)
                .arg("--target-dir")
                .arg(self.folder().join("target"))
                .env("GREETING", "|@@) ünï \"q\""),
        )
    }

    fn plugin(&self, name: &str) -> PathBuf {
        library(&self.folder().join("target/debug"), name)
    }
}

#[test]
fn a_plugin_is_built_in_and_loaded_from_a_folder_with_an_odd_name() {
    let made = Crate::new();
    made.add(
        "odd",
        "['cdylib']",
        "",
        "std::path::Path::new(env!(\"CARGO_MANIFEST_DIR\"))\
         .join(env!(\"GREETING\")).display()",
    );
    let built = made.build("odd");
    assert_eq!(built.code, Some(0), "{built:?}");
    let plugins = made.folder().join("plugins");
    fs::create_dir(&plugins).expect("a new folder");
    copy(&made.plugin("odd"), &library(&plugins, "odd"));
    let ended = app(&plugins, &["odd"]);
    let folder = made.folder().join("odd").join("|@@) ünï \"q\"");
    assert_eq!(ended.out, folder.display().to_string(), "{ended:?}");
}

/// Both have a `plugin_register`. What plugins share belongs into a
/// crate that is none.
#[test]
fn a_plugin_that_depends_on_the_crate_of_another_does_not_link() {
    let made = Crate::new();
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

/// The names of the tests in each file of `tests/`.
fn tests() -> BTreeMap<String, Vec<String>> {
    let mut tests = BTreeMap::new();
    for folder in [root().join("tests/it"), root().join("tests")] {
        for entry in fs::read_dir(folder).expect("it is there") {
            let path = entry.expect("it is there").path();
            if path.extension() != Some("rs".as_ref()) {
                continue;
            }
            let file = path.file_name().unwrap().to_string_lossy();
            let text = fs::read_to_string(&path).expect("it is text");
            tests.insert(file.into_owned(), names(&text));
        }
    }
    tests
}

/// The functions of this source that `#[test]` stands above.
fn names(source: &str) -> Vec<String> {
    let is_attribute = |line: &&str| line.starts_with("#[");
    source
        .split("#[test]\n")
        .skip(1)
        .filter_map(|rest| {
            let mut lines = rest.lines().skip_while(is_attribute);
            let name = lines.next()?.strip_prefix("fn ")?;
            Some(name.split('(').next()?.to_owned())
        })
        .collect()
}

/// What is wrong with the tests that a page names, each with its file
/// behind it: `` `name` (`file.rs`) ``.
fn wrong_names(page: &str) -> Vec<String> {
    let tests = tests();
    let mut wrong = Vec::new();
    let code: Vec<_> = page.split('`').collect();
    for (at, word) in code.iter().enumerate().skip(1).step_by(2) {
        let is_part = |c: char| c.is_ascii_lowercase() || c == '_';
        if !word.chars().all(is_part) || word.matches('_').count() < 2 {
            continue; // some other code
        }
        let file = match (code.get(at + 1), code.get(at + 2)) {
            (Some(&" ("), Some(file)) => file,
            _ => "no file",
        };
        let has = |names: &Vec<_>| names.iter().any(|n| n == word);
        if !tests.get(file).is_some_and(has) {
            wrong.push(format!("{file} has no test {word}"));
        }
    }
    wrong
}

fn chapter() -> String {
    fs::read_to_string(root().join("book/src/go-tests.md"))
        .expect("the chapter is there")
}

#[test]
fn the_chapter_names_tests_that_exist_in_the_files_it_names() {
    assert_eq!(wrong_names(&chapter()), [""; 0]);
}

#[test]
fn a_made_up_test_and_one_in_another_file_are_found() {
    for (page, wrong) in [
        ("`a_made_up_test` (`go_suite.rs`)", 1),
        ("`a_made_up_test` (`nowhere.rs`)", 1),
        ("`a_plugin_may_be_a_host_itself` (`tidy.rs`)", 1),
        ("`a_plugin_may_be_a_host_itself` somewhere", 1),
        ("`a_plugin_may_be_a_host_itself` (`go_suite.rs`)", 0),
        ("`plugin_register`, `Library::new`", 0),
    ] {
        assert_eq!(wrong_names(page).len(), wrong, "{page}");
    }
    // A line of text that looks like a test is none.
    assert_eq!(names("// #[test]\n// fn a_b_c() {}\n"), [""; 0]);
}

/// A test of this file that the chapter does not name would be lost.
#[test]
fn the_chapter_names_each_test_of_a_plugin_that_is_here() {
    let page = chapter();
    let here = &tests()["go_suite.rs"];
    assert!(here.len() > 12, "{here:?}");
    for name in here {
        let of_the_chapter = name.starts_with("the_chapter_")
            || name
                == "a_made_up_test_and_one_in_another_file_are_found";
        assert!(
            of_the_chapter
                || page.contains(&format!("`{name}` (`go_suite.rs`)")),
            "go-tests.md does not name {name}"
        );
    }
}

/// Those of Go's file, as it was when the chapter was written.
#[test]
fn the_chapter_has_one_row_for_each_of_gos_tests() {
    let page = chapter();
    let rows = page.lines().filter(|line| line.starts_with("| `Test"));
    let mut names: Vec<_> =
        rows.filter_map(|row| row.split('`').nth(1)).collect();
    assert_eq!(names.len(), 27, "{names:#?}");
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 27, "one has two rows");
}
