//! `make new-plugin`: which names it takes, and that what it makes is a
//! plugin that works.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{
    Built, Ended, SAY_WHERE, copy, copy_repository, finish, folder,
    library, program, run,
};
use crate::workspace::Workspace;

const PLUGINS: &str = "examples/02-registration/plugins";

/// A copy of the repository that was never built.
pub fn repository() -> tempfile::TempDir {
    let repository = folder();
    copy_repository(repository.path());
    repository
}

fn new_plugin(folder: &Path, names: &[&str]) -> Ended {
    let mut command = Command::new(program("new-plugin"));
    finish(command.current_dir(folder).args(names))
}

/// All files and folders below a folder.
pub fn tree(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(tree(&path));
        }
        found.insert(path.clone(), fs::read(path).ok());
    }
    found
}

#[test]
fn a_name_that_is_no_good_is_refused_and_nothing_changes() {
    let repository = repository();
    let root = repository.path();
    fs::write(root.join(PLUGINS).join("a-file"), "").expect("a file");
    let made = new_plugin(root, &["not-built"]);
    assert_eq!(made.code, Some(0), "{made:?}");
    let before = tree(root);

    let word = "not a name for a plugin; take words of a-z and 0-9 with \
                - or _ between them, a letter first, as in \
                NAME=my-plugin";
    let keyword = "a keyword of Rust; choose another name";
    let device = "a device on Windows, where no file can have the name; \
                  choose another name";
    let comes = "a library that comes with Rust; choose another name";
    let built_in = "a command of the app itself; choose another name";
    let lock = |name| {
        format!("Cargo.lock has a package {name}; choose another name")
    };
    let there = |name| {
        format!(
            "{PLUGINS}/{name} is there already; choose another name"
        )
    };
    let command = "the plugin voice has a command of that name; choose \
                   another name";
    for (name, reason) in [
        ("../x", word),
        ("..", word),
        ("/tmp/x", word),
        ("a/b", word),
        ("a\\b", word),
        ("X y", word),
        ("X", word),
        ("camelCase", word),
        ("9lives", word),
        ("-x", word),
        ("--help", word),
        ("_x", word),
        ("x-", word),
        ("x--y", word),
        ("x-_y", word),
        ("x.y", word),
        ("x'y", word),
        ("$x", word),
        ("grün", word),
        (&"x".repeat(31), "too long; take at most 30 characters"),
        ("fn", keyword),
        ("try", keyword),
        ("gen", keyword),
        ("std", comes),
        ("proc-macro", comes),
        ("test", comes),
        ("nul", device),
        ("com1", device),
        ("help", built_in),
        ("inspect", built_in),
        ("voice", &there("voice")),
        ("a-file", &there("a-file")),
        ("a_file", &there("a-file")),
        ("not_built", &there("not-built")),
        ("command-api", &lock("command-api")),
        ("command_api", &lock("command-api")),
        ("nutshell-plugin", &lock("nutshell-plugin")),
        ("new-plugin", &lock("new-plugin")),
        ("promises", &lock("promises")),
        ("app", &lock("app")),
        ("libloading", &lock("libloading")),
        ("shout", command),
    ] {
        let ended = new_plugin(root, &[name]);
        let err = ended.err.replace('\\', "/");
        let expected = format!("{name}: {reason}\n").replace('\\', "/");
        assert_eq!((ended.code, err), (Some(1), expected));
        assert_eq!(ended.out, "", "{name}");
        assert!(tree(root) == before, "{name} has changed something");
    }
    let ended = new_plugin(root, &["two\nlines"]);
    assert_eq!(ended.err, format!("two?lines: {word}\n"));
}

/// What `cargo new` refuses, or warns of.
#[test]
fn a_name_that_cargo_does_not_like_is_refused() {
    let (repository, elsewhere) = (repository(), folder());
    let names = "
        abstract as async await become box break const continue crate do
        dyn else enum extern false final fn for if impl in let loop
        macro match mod move mut override priv pub ref return Self self
        static struct super trait true try type typeof unsafe unsized
        use virtual where while yield
        test core std alloc proc_macro proc-macro
        con prn aux nul com1 com2 com3 com4 com5 com6 com7 com8 com9
        lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9
        1x x.y x+y grün";
    for (at, name) in names.split_whitespace().enumerate() {
        let cargo = finish(
            Command::new(env!("CARGO"))
                .current_dir(elsewhere.path())
                .args(["new", "--lib", "--vcs", "none", "--name", name])
                .arg(format!("{at}")),
        );
        let complains = cargo.err.lines().any(|line| {
            let (kind, what) =
                line.split_once(": ").unwrap_or_default();
            ["error", "warning"].contains(&kind)
                && what.contains(&format!("`{name}`"))
        });
        assert!(complains, "cargo likes {name}: {cargo:?}");
        let ended = new_plugin(repository.path(), &[name]);
        assert_eq!(ended.code, Some(1), "{name}: {ended:?}");
    }
}

/// A plugin could not register them.
#[test]
fn the_names_of_the_apps_own_commands_are_refused() {
    let help = run("app", &["--help"]).out;
    let (_, commands) = help.split_once("Commands:\n").expect(&help);
    let commands = commands.lines().take_while(|line| line.len() > 1);
    let names: Vec<_> = commands
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(names.contains(&"inspect"), "{names:?}");
    for name in names {
        let ended = new_plugin(repository().path(), &[name]);
        assert_eq!(ended.code, Some(1), "{name}: {ended:?}");
    }
}

#[test]
fn without_one_name_it_says_how_to_call_it() {
    for names in [&[][..], &[""], &["one", "two"]] {
        let ended = new_plugin(repository().path(), names);
        let usage = "usage: make new-plugin NAME=my-plugin\n";
        assert_eq!((ended.code, &*ended.err), (Some(2), usage));
    }
}

#[test]
fn elsewhere_it_says_where_to_go() {
    let ended = new_plugin(folder().path(), &["parrot"]);
    let reason = "not here; go to the root of the repository\n";
    assert_eq!(ended.code, Some(1));
    assert!(ended.err.ends_with(reason), "{ended:?}");
}

/// The app that loads it was built before, and in another folder.
#[test]
fn a_new_plugin_works_and_the_app_needs_no_new_build() {
    let app = fs::read(program("app")).expect("it is built");
    let workspace = Workspace::new();
    let root = &workspace.path("");
    let cargo = |arguments: &[&str]| {
        let ended = finish(
            Command::new(env!("CARGO"))
                .current_dir(root)
                .env("CARGO_TARGET_DIR", workspace.target())
                .args(arguments),
        );
        assert_eq!(ended.code, Some(0), "{arguments:?}: {ended:?}");
        ended
    };
    let plugins = folder();
    let longest = "l".repeat(30);
    for name in ["parrot", "my-plugin_2", &longest] {
        let before = tree(root);
        let made = new_plugin(root, &[name]);
        assert_eq!((made.code, &*made.err), (Some(0), ""));
        let mut after = tree(root);
        after.retain(|path, _| {
            !path.starts_with(root.join(PLUGINS).join(name))
        });
        assert!(after == before, "{name} has changed something else");

        // It says so itself.
        let test = format!("cargo test -p {name}");
        assert!(made.out.contains(&test), "{made:?}");
        let tested = cargo(&["test", "--quiet", "-p", name]);
        assert!(tested.out.contains("ok. 1 passed"), "{tested:?}");
        let build = ["build", "--quiet", SAY_WHERE, "-p", name];
        let built = Built::of(&cargo(&build));
        let flags = ["--all-targets", "--", "-D", "warnings"];
        cargo(
            &[&["clippy", "--quiet", "-p", name][..], &flags].concat(),
        );
        cargo(&["fmt", "--check", "-p", name]);
        let file = name.replace('-', "_");
        let library = library(plugins.path(), &file);
        copy(&built.library(&file), &library);
    }
    let app_with = |words| crate::host::app(plugins.path(), words);
    let listed = app_with(&["--strict"]);
    let help = "say it back";
    assert_eq!(
        listed.out,
        format!(
            "{longest}\n  {longest} {help}\n\
             my_plugin_2\n  my-plugin_2 {help}\n\
             parrot\n  parrot     {help}\n"
        )
    );
    assert_eq!(listed.code, Some(0), "{listed:?}");
    let ended = app_with(&["my-plugin_2", "hello", "there"]);
    assert_eq!((ended.code, &*ended.out), (Some(0), "hello there\n"));
    assert!(fs::read(program("app")).expect("it is there") == app);
}
