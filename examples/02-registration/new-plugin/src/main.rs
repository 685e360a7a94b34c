//! `make new-plugin NAME=x`: makes the plugin `x` of this workspace, a
//! copy of the one in `template/` under a name of its own.
//!
//! It checks the name before it writes anything, and moves the plugin
//! to its place when all of it is written.

use std::path::Path;
use std::process::{self, ExitCode};
use std::{env, fs};

use anyhow::{Context, Result, ensure};

/// Where plugins are, from the root of the repository.
const EXAMPLE: &str = "examples/02-registration";

/// Names that a plugin cannot have, and why. `cargo new` refuses the
/// first three kinds as well, or warns of them.
const RESERVED: [(&str, &str); 4] = [
    (
        "a keyword of Rust",
        "abstract as async await become box break const continue crate \
         do dyn else enum extern false final fn for gen if impl in let \
         loop macro match mod move mut override priv pub ref return \
         self static struct super trait true try type typeof unsafe \
         unsized use virtual where while yield",
    ),
    (
        "a library that comes with Rust",
        "alloc core proc-macro proc_macro std test",
    ),
    (
        "a device on Windows, where no file can have the name",
        "aux com1 com2 com3 com4 com5 com6 com7 com8 com9 con lpt1 \
         lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9 nul prn",
    ),
    ("a command of the app itself", "help inspect"),
];

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args_os().skip(1).collect();
    let name = match &*arguments {
        [name] if !name.is_empty() => name.to_string_lossy(),
        _ => {
            eprintln!("usage: make new-plugin NAME=my-plugin");
            return ExitCode::from(2);
        }
    };
    if let Err(error) = new_plugin(&name) {
        eprintln!("{error:#}");
        return ExitCode::FAILURE;
    }
    println!(
        "{EXAMPLE}/plugins/{name}: made\n\
         to test it:     cargo test -p {name}\n\
         to install it:  make example2\n\
         to run it:      target/debug/app --plugins target/plugins \
         {name} hello"
    );
    ExitCode::SUCCESS
}

fn new_plugin(name: &str) -> Result<()> {
    let plugins = Path::new(EXAMPLE).join("plugins");
    ensure!(
        plugins.is_dir(),
        "{}: not here; go to the root of the repository",
        plugins.display()
    );
    check_word(name)
        .and_then(|()| check_plugins(name, &plugins))
        .and_then(|()| check_packages(name))
        // On one line, whatever the name is.
        .context(name.replace(char::is_control, "?"))?;

    let unfinished =
        Path::new(EXAMPLE).join(format!(".{name}-{}", process::id()));
    let made = write(name, &unfinished).and_then(|()| {
        let place = plugins.join(name);
        fs::rename(&unfinished, &place)
            .with_context(|| format!("{}", place.display()))
    });
    if made.is_err() {
        // The caller reports the error; this only cleans up.
        let _ = fs::remove_dir_all(&unfinished);
    }
    made
}

/// Checks that it can be the name of a package, a file and a command.
fn check_word(name: &str) -> Result<()> {
    let is_letter = |c: char| c.is_ascii_lowercase();
    let is_word = |word: &str| {
        !word.is_empty()
            && word.chars().all(|c| is_letter(c) || c.is_ascii_digit())
    };
    ensure!(
        name.starts_with(is_letter)
            && name.split(['-', '_']).all(is_word),
        "not a name for a plugin; take words of a-z and 0-9 with - or \
         _ between them, a letter first, as in NAME=my-plugin"
    );
    ensure!(name.len() <= 30, "too long; take at most 30 characters");
    for (why, names) in RESERVED {
        let is_reserved = names.split(' ').any(|other| other == name);
        ensure!(!is_reserved, "{why}; choose another name");
    }
    Ok(())
}

/// Checks that no plugin has the name, and no command of a plugin.
fn check_plugins(name: &str, plugins: &Path) -> Result<()> {
    let quoted = format!("\"{name}\"");
    for entry in fs::read_dir(plugins)? {
        let path = entry?.path();
        let other = path.file_name().unwrap_or_default();
        let other = other.to_string_lossy();
        ensure!(
            library(&other) != library(name),
            "{} is there already; choose another name",
            path.display()
        );
        let source = path.join("src/lib.rs");
        let source = fs::read_to_string(source).unwrap_or_default();
        let mut calls = source.split(".command(").skip(1);
        ensure!(
            !calls.any(|call| call.trim_start().starts_with(&quoted)),
            "the plugin {other} has a command of that name; choose \
             another name"
        );
    }
    Ok(())
}

/// Checks that no package has the name, which would confuse Cargo.
fn check_packages(name: &str) -> Result<()> {
    let lock =
        fs::read_to_string("Cargo.lock").context("Cargo.lock")?;
    let packages =
        lock.lines().filter_map(|line| line.strip_prefix("name = "));
    for other in packages.map(|quoted| quoted.trim_matches('"')) {
        ensure!(
            library(other) != library(name),
            "Cargo.lock has a package {other}; choose another name"
        );
    }
    Ok(())
}

/// The name of that package's library.
fn library(name: &str) -> String {
    name.to_lowercase().replace('-', "_")
}

/// Writes the files of the plugin into a new folder.
fn write(name: &str, folder: &Path) -> Result<()> {
    for (file, template) in [
        ("Cargo.toml", include_str!("../template/manifest.toml")),
        ("src/lib.rs", include_str!("../template/lib.rs")),
    ] {
        let path = folder.join(file);
        let text =
            template.replace("\"parrot\"", &format!("\"{name}\""));
        fs::create_dir_all(path.parent().unwrap_or(folder))
            .and_then(|()| fs::write(&path, text))
            .with_context(|| format!("{}", path.display()))?;
    }
    Ok(())
}
