//! Finds out what this crate is built with, for the descriptor that
//! every plugin carries (`src/descriptor.rs`).

use std::path::Path;
use std::process::Command;
use std::{env, fs};

// ANCHOR: main
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src");
    let cargo = |name| env::var(name).unwrap_or_default();
    set("RUSTC", &compiler());
    set("TARGET", &cargo("TARGET"));
    set("FEATURES", &features());
    set("SOURCE", &format!("{:016x}", source_hash(Path::new("src"))));
    set("LAYOUT", &layout_flags(&cargo("CARGO_ENCODED_RUSTFLAGS")));
    set("OPT_LEVEL", &cargo("OPT_LEVEL"));
}
// ANCHOR_END: main

fn set(name: &str, value: &str) {
    println!("cargo::rustc-env=DESCRIPTOR_{name}={value}");
}

/// All that the compiler says of itself. Its commit hash alone would
/// not do: distributions build the same commit with other parts.
fn compiler() -> String {
    let rustc = env::var_os("RUSTC").expect("cargo sets it");
    let output = Command::new(rustc).arg("-vV").output();
    let output = output.expect("the compiler runs").stdout;
    let text = String::from_utf8(output).expect("it prints UTF-8");
    text.lines().collect::<Vec<_>>().join("; ")
}

fn features() -> String {
    let mut names: Vec<_> = env::vars()
        .filter_map(|(name, _)| {
            Some(name.strip_prefix("CARGO_FEATURE_")?.to_lowercase())
        })
        .collect();
    names.sort();
    names.join(",")
}

// ANCHOR: layout
/// The flags that change how types lie in memory.
fn layout_flags(flags: &str) -> String {
    let flags = flags.replace("-Z\x1f", "-Z");
    let changes_layout =
        |flag: &&str| flag.starts_with("-Z") && flag.contains("layout");
    let flags = flags.split('\x1f').filter(changes_layout);
    flags.collect::<Vec<_>>().join(" ")
}
// ANCHOR_END: layout

// ANCHOR: hash
/// A hash (FNV-1a) of the names and the text of all source files. The
/// ends of lines do not count: git may have changed them.
fn source_hash(folder: &Path) -> u64 {
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("src can be read")
        .map(|entry| entry.expect("src can be read").path())
        .collect();
    files.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for file in files {
        let name = file.file_name().unwrap_or_default();
        let text = fs::read_to_string(&file).expect("source is text");
        for line in name.to_str().into_iter().chain(text.lines()) {
            for byte in line.bytes().chain([b'\n']) {
                hash = (hash ^ u64::from(byte))
                    .wrapping_mul(0x0000_0100_0000_01b3);
            }
        }
    }
    hash
}
// ANCHOR_END: hash
