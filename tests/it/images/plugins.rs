//! The plugins that the builder makes: what it overrules, what they may
//! need, and where they have the same bytes.

use std::fs;
use std::path::Path;
use std::process::Command;

use nutshell_host::{Candidate, Trust, inspect};

use super::{IMAGES, build, own, read, top};
use crate::host::{app, folder_with};
use crate::refusals::assert_accepted;
use crate::support::{
    Built, Ended, SAY_WHERE, copy, finish, folder, root, write,
};
use crate::workspace::{QUICKER, Workspace};

/// The cure that a refusal names has to be one, whatever the plugin's
/// own `Cargo.toml` and `.cargo/config.toml` say.
#[test]
#[ignore = "compiles plugins with all optimizations; make test-tools runs it"]
fn the_builder_overrules_the_profile_and_the_flags_of_a_plugin() {
    let plugin = folder();
    let path = plugin.path();
    for folder in ["src", ".cargo"] {
        fs::create_dir(path.join(folder)).expect("a new folder");
    }
    for file in ["Cargo.lock", "src/lib.rs"] {
        copy(&own().join(file), &path.join(file));
    }
    let manifest = read(&format!("{IMAGES}/reverse/Cargo.toml"));
    let profile = "[profile.release]\npanic = \"abort\"\n";
    write(path.join("Cargo.toml"), &(manifest + profile));
    // No processor has it.
    let flags = "rustflags = [\"-Ctarget-feature=+of-tomorrow\"]";
    let flags = format!("[build]\n{flags}\n");
    write(path.join(".cargo/config.toml"), &flags);
    let say = |plugin: &Path| {
        app(folder_with(plugin, "reverse").path(), &[]).out
    };
    let has_symbols = |plugin: &Path| {
        let bytes = fs::read(plugin).expect("a library");
        bytes.windows(7).any(|name| name == b".symtab")
    };
    let built = build("profile", path, "reverse", &[]);
    assert!(say(&built).starts_with("reverse\n"), "{}", say(&built));
    assert!(!has_symbols(&built));

    let place = top("profile").join("container/work");
    let build_alone = |panic: &[&str]| {
        let alone = ["build", "--release", SAY_WHERE];
        let target = ["--target-dir", "target/alone"];
        let arguments = [&alone[..], &target, panic].concat();
        Built::of(&cargo(&place, &arguments)).library("reverse")
    };
    let alone = build_alone(&[]);
    assert!(say(&alone).contains("panic abort"), "{}", say(&alone));
    assert!(has_symbols(&alone));
    let unwind = ["--config", "profile.release.panic='unwind'"];
    let alone = build_alone(&unwind);
    assert!(say(&alone).contains("of-tomorrow"), "{}", say(&alone));
}

/// Cargo without the image, where a container has the plugin.
fn cargo(place: &Path, arguments: &[&str]) -> Ended {
    let mut command = Command::new(env!("CARGO"));
    finish(command.current_dir(place).args(arguments))
}

/// Each crate of a `Cargo.lock` that comes from a registry: its name,
/// its version, and the hash of its contents.
fn locked(lock: &str) -> Vec<&str> {
    let packages = lock.split("\n[[package]]\n").skip(1);
    let entry = |package: &str| package.find("\ndependencies");
    packages
        .map(|package| match entry(package) {
            Some(end) => &package[..end],
            None => package.trim_end(),
        })
        .filter(|package| package.contains("\nchecksum = "))
        .collect()
}

/// No network brings another one.
#[test]
fn the_image_has_each_crate_that_the_plugin_in_its_own_folder_locks() {
    let theirs = read(&format!("{IMAGES}/reverse/Cargo.lock"));
    let ours = read("Cargo.lock");
    let absent = |theirs: &str| {
        let ours = locked(&ours);
        let crates = locked(theirs);
        let absent = crates.iter().filter(|one| !ours.contains(one));
        absent.map(|one| (*one).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(absent(&theirs), [""; 0]);

    let crates = locked(&theirs);
    assert!(crates.len() > 2, "{crates:?}");
    for one in crates {
        let (_, version) = one.split_once("version = \"").expect(one);
        let (version, _) = version.split_once('"').expect(one);
        let moved = one.replace(version, "0.0.0");
        let other = theirs.replace(one, &moved);
        assert_eq!(absent(&other), [moved]);
    }
}

/// The checks of the workspace do not reach a crate of its own.
#[test]
#[ignore = "compiles a plugin with all optimizations; make test-tools runs it"]
fn the_plugin_in_its_own_folder_is_tidy_and_its_lock_is_right() {
    build("tidy", &own(), "reverse", &[]);
    let place = top("tidy").join("container/work");
    for arguments in [
        &["fmt", "--check"][..],
        &["clippy", "--locked", "--", "-D", "warnings"],
    ] {
        let ended = cargo(&place, arguments);
        assert_eq!(ended.code, Some(0), "{ended:?}");
    }
}

/// With Cargo alone, in two folders.
#[test]
#[ignore = "compiles it again from nothing; make test-tools runs it"]
fn a_plugin_of_the_workspace_has_the_same_bytes_in_every_folder() {
    let bytes = |workspace: &Workspace, more: &[&str]| {
        let arguments = [&["--release"], more].concat();
        let plugin = workspace.build(&arguments, &[]);
        fs::read(plugin).expect("a library")
    };
    let workspace = Workspace::new();
    let one = bytes(&workspace, &[]);
    let other = bytes(&Workspace::in_new_folder(), &[]);
    assert!(one == other, "two builds differ");
    let without_lto = bytes(&workspace, &QUICKER);
    assert!(one != without_lto, "nothing would differ");
}

/// The path of the api is part of what the compiler makes names from.
/// In the image it is always the same. What the plugin says about its
/// build has no path in it, so the app takes it from everywhere.
#[test]
#[ignore = "compiles it again from nothing; make test-tools runs it"]
fn a_plugin_in_its_own_folder_has_the_same_bytes_beside_the_same_api() {
    let build = |name| {
        let target = top(name).join("container/work/target");
        if target.exists() {
            fs::remove_dir_all(target).expect("it can be removed");
        }
        let built = build(name, &own(), "reverse", &[]);
        let found = inspect(&Candidate::new(&built), Trust::NoOthers);
        let found = found.expect("a plugin").descriptor().clone();
        (fs::read(built).expect("a library"), found)
    };
    let (one, again) = (build("here"), build("here"));
    assert!(one.0 == again.0, "two builds differ");
    let elsewhere = build("elsewhere");
    assert!(one.0 != elsewhere.0, "the path does not count");
    assert_eq!(one.1, elsewhere.1);
    assert_eq!(one.1.get("plugin"), "reverse");
}

/// Other paths in its messages are no other agreement.
#[test]
fn a_plugin_with_remapped_paths_is_accepted() {
    let flags = format!("--remap-path-prefix={}=/x", root().display());
    let workspace = Workspace::new();
    let flags = [("CARGO_ENCODED_RUSTFLAGS", &*flags)];
    let release = [&["--release"], &QUICKER[..]].concat();
    assert_accepted(&workspace.build(&release, &flags));
}
