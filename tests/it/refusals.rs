//! What the host refuses before it runs any of it, and what it accepts
//! though it was built elsewhere or otherwise.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use nutshell_host::{Candidate, Trust};

use crate::host::{app, folder_with, own, portable};
use crate::support::{Built, finish, root, run, write};
use crate::workspace::{QUICKER, Workspace};

const API: &str = "examples/02-registration/api";
const COMPILER: &str = "crates/build/src/compiler.rs";

pub fn assert_accepted(plugin: &Path) {
    let ended = app(folder_with(plugin, "voice").path(), &["--strict"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.starts_with("voice\n  shout"), "{ended:?}");
}

/// Refused, and for nothing but this reason.
pub fn assert_refused(plugin: &Path, reason: &str) {
    let ended = app(folder_with(plugin, "voice").path(), &["--strict"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let expected = format!("no plugins\nrefused voice: {reason}\n");
    assert_eq!(portable(&ended.out), expected);
    assert_eq!(ended.err, "", "some of its code has run");
}

/// What a refusal says of one field.
pub fn differs(theirs: &str, ours: &str) -> String {
    format!(
        "built with {theirs}, this app with {ours}; rebuild it with the \
         plugin-builder image"
    )
}

/// Go refuses most of these.
#[test]
fn the_same_plugin_built_elsewhere_or_otherwise_is_accepted() {
    let workspace = Workspace::new();
    for arguments in [
        &[][..],
        &["--release"],
        &["--config", "profile.dev.opt-level='z'"],
        &["--config", "profile.dev.debug-assertions=false"],
        &["--config", "profile.dev.strip=true"],
        &[
            "--release",
            "--config",
            "profile.release.lto=false",
            "--config",
            "profile.release.strip=false",
        ],
    ] {
        assert_accepted(&workspace.build(arguments, &[]));
    }
}

#[test]
fn other_line_ends_are_no_other_source() {
    let workspace = Workspace::new();
    for file in fs::read_dir(workspace.path(API).join("src")).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        write(path, &text.replace("\r\n", "\n").replace('\n', "\r\n"));
    }
    assert_accepted(&workspace.build(&[], &[]));
}

/// A field of what a plugin says about its build.
fn field(plugin: &Path, name: &str) -> String {
    let found = nutshell_host::inspect(
        &Candidate::new(plugin),
        Trust::NoOthers,
    );
    found.expect("a plugin").descriptor().get(name).to_owned()
}

#[test]
fn one_changed_word_of_the_api_is_refused() {
    let initializer = format!("{API}/src/initializer.rs");
    let workspace =
        Workspace::new().edit(&initializer, "refusal", "refusan");
    let plugin = workspace.build(&[], &[]);
    let theirs = field(&plugin, "api-source");
    assert_ne!(theirs, own("api-source"));
    assert_refused(
        &plugin,
        &differs(
            &format!("api-source {theirs}"),
            &format!("api-source {}", own("api-source")),
        ),
    );
}

/// Types of the mechanism cross as well, whoever has copied it.
#[test]
fn one_changed_word_of_the_mechanism_is_refused() {
    let log = "crates/plugin/src/log.rs";
    let workspace =
        Workspace::new().edit(log, "self.log.log(", "self.log\n.log(");
    assert_accepted(&workspace.build(&[], &[]));
    let workspace = workspace.edit(
        log,
        "fn enabled(&self, level: Level) -> bool;\n",
        "fn enabled(&self, level: Level) -> bool;\n /// New.\n fn \
         newer(&self) {}\n",
    );
    let plugin = workspace.build(&[], &[]);
    let theirs = field(&plugin, "nutshell-source");
    assert_refused(
        &plugin,
        &differs(
            &format!("nutshell-source {theirs}"),
            &format!("nutshell-source {}", own("nutshell-source")),
        ),
    );
}

/// Neither a comment nor a file that no compiler reads is source.
#[test]
fn a_changed_comment_and_an_editors_file_are_no_other_source() {
    let lib = format!("{API}/src/lib.rs");
    let workspace = Workspace::new()
        .edit(&lib, "//! What the app", "//! How the app")
        .edit(&lib, "/// Makes the crate", "// Makes a crate");
    let source = workspace.path(API).join("src");
    for file in ["lib.rs~", "lib.rs.orig", "#lib.rs#", ".#lib.rs"] {
        write(source.join(file), "not ( Rust");
    }
    fs::create_dir(source.join("notes")).expect("a new folder");
    write(source.join("notes/ideas.txt"), "not ( Rust");
    assert_accepted(&workspace.build(&[], &[]));
}

/// A host that is quick to compile. It prints the commands that the
/// plugin of its argument registers, or why it is refused.
const LITTLE_HOST: &str = r#"
use std::fmt::Write;
use std::path::Path;

use command_api::nutshell_plugin::Outcome;
use command_api::Interface;
use command_api::boundary::{Command, Host};
use nutshell_host::{Candidate, Loader, PluginLog, Trust};

struct Printer;

impl Host for Printer {
    fn plugin(&self) -> &str {
        "voice"
    }

    fn folder(&self) -> &Path {
        Path::new(".")
    }

    fn command(
        &mut self,
        name: &str,
        _: &str,
        _: &'static dyn Command,
        _: &mut dyn Write,
    ) -> bool {
        println!("{name}");
        true
    }
}

fn main() {
    let file = std::env::args_os().nth(1).unwrap();
    let file = Candidate::new(Path::new(&file));
    let mut loader = Loader::new(Trust::NoOthers);
    // SAFETY: the test has built the plugin.
    let loaded = unsafe {
        loader.load::<Interface, _>(&file, |register, plugin| {
            let log = PluginLog::leak(plugin.name());
            let mut error = String::new();
            match register(&mut Printer, log, &mut error) {
                Outcome::Done => Ok(()),
                _ => Err(error),
            }
        })
    };
    if let Err(refusal) = loaded {
        println!("{refusal}");
    }
}
"#;

const LITTLE_MANIFEST: &str = r#"
[package]
name = "little-host"
edition = "2024"

[dependencies]
command-api.workspace = true
nutshell-host.workspace = true

[[bin]]
name = "little-host"
path = "main.rs"
"#;

/// What is compiled only sometimes changes a table of methods.
#[test]
fn a_method_that_only_one_profile_has_is_refused_in_the_other() {
    let workspace = Workspace::new().edit(
        &format!("{API}/src/boundary.rs"),
        "    fn plugin(&self) -> &str;\n",
        "    fn plugin(&self) -> &str;\n\n    /// New.\n    \
         #[cfg(debug_assertions)]\n    fn line(&self) -> u32 {\n        \
         7\n    }\n",
    );
    let debug = workspace.build(&[], &[]);
    assert_eq!(field(&debug, "api-cfg"), "debug_assertions");
    let release = [&["--release"], &QUICKER[..]].concat();
    let release = workspace.build(&release, &[]);
    assert_eq!(field(&release, "api-cfg"), "");
    assert_eq!(
        field(&debug, "api-source"),
        field(&release, "api-source")
    );
    // A host of that workspace takes the one that was built like it.
    let folder = "examples/02-registration/plugins/little-host";
    fs::create_dir(workspace.path(folder)).expect("a new folder");
    for (file, text) in
        [("Cargo.toml", LITTLE_MANIFEST), ("main.rs", LITTLE_HOST)]
    {
        write(workspace.path(folder).join(file), text);
    }
    let mut cargo = workspace.cargo(env!("CARGO"), "build");
    cargo.args(["-p", "little-host"]);
    let host = Built::by(&mut cargo).program("little-host");
    let say =
        |plugin: &Path| finish(Command::new(&host).arg(plugin)).out;
    assert_eq!(say(&debug), "shout\nwhisper\n");
    let reason = "built with no api-cfg, this app with \
                  cfg(debug_assertions)";
    assert!(say(&release).contains(reason), "{}", say(&release));
}

#[test]
fn another_version_of_the_api_is_refused() {
    let workspace = Workspace::new().edit(
        &format!("{API}/Cargo.toml"),
        "version.workspace = true\nedition",
        "version = \"9.9.9\"\nedition",
    );
    let plugin = workspace.build(&[], &[]);
    let reason = differs("api-version 9.9.9", "api-version 0.1.0");
    assert_refused(&plugin, &reason);
}

#[test]
fn a_feature_of_the_api_is_refused() {
    let workspace = Workspace::new().edit(
        &format!("{API}/Cargo.toml"),
        "[dependencies]",
        "[features]\ndefault = [\"tracing\"]\ntracing = []\n\n\
         [dependencies]",
    );
    let plugin = workspace.build(&[], &[]);
    let theirs = "api-features default,tracing";
    assert_refused(&plugin, &differs(theirs, "no api-features"));
}

#[test]
fn another_panic_strategy_is_refused() {
    let arguments = ["--config", "profile.dev.panic='abort'"];
    let workspace = Workspace::new();
    let plugin = workspace.build(&arguments, &[]);
    assert_refused(&plugin, &differs("panic abort", "panic unwind"));
}

#[test]
fn a_flag_that_changes_the_layout_is_refused() {
    // The variable lets a stable compiler take the flag.
    let environment =
        [("RUSTC_BOOTSTRAP", "1"), ("RUSTFLAGS", "-Zrandomize-layout")];
    let workspace = Workspace::new();
    let plugin = workspace.build(&[], &environment);
    assert_layout_refused(&plugin);
}

/// Refused for its flag, and for what came of it.
pub fn assert_layout_refused(plugin: &Path) {
    let theirs = field(plugin, "layout");
    assert_ne!(theirs, own("layout"));
    assert_refused(
        plugin,
        &differs(
            &format!("layout {theirs}, -Zrandomize-layout"),
            &format!("layout {}, no unstable-flags", own("layout")),
        ),
    );
}

/// Where the second compiler is not installed, the first one is told to
/// call itself something else.
#[test]
fn another_compiler_is_refused() {
    let from = "lines.collect::<Vec<_>>().join(\"; \")";
    let to = format!("{from}.replacen(\"rustc 1.\", \"rustc 7.\", 1)");
    let workspace = Workspace::new().edit(COMPILER, from, &to);
    let ours = own("rustc");
    let name =
        ours.split_once(" 2").expect("a date").0.to_owned() + ")";
    assert_refused(
        &workspace.build(&[], &[]),
        &differs(&name.replace("rustc 1.", "rustc 7."), &name),
    );
}

#[test]
fn nightly_is_refused_if_it_is_installed() {
    let dated = env::var("NIGHTLY_TOOLCHAIN");
    let name = dated.as_deref().unwrap_or("nightly");
    let nightly = ("RUSTUP_TOOLCHAIN", name);
    let version = Command::new("cargo")
        .env(nightly.0, nightly.1)
        .env("RUSTUP_AUTO_INSTALL", "0")
        .arg("--version")
        .output();
    if !version.is_ok_and(|output| output.status.success()) {
        return println!("skipped: no nightly compiler is installed");
    }
    let workspace = Workspace::new();
    let mut cargo = workspace.cargo("cargo", "build");
    let built = Built::by(cargo.env(nightly.0, nightly.1));
    let plugin = built.library("voice");
    let ended = app(folder_with(&plugin, "voice").path(), &[]);
    let start = "no plugins\nrefused voice: built with rustc 1.";
    assert!(portable(&ended.out).starts_with(start), "{ended:?}");
    assert!(ended.out.contains("-nightly ("), "{ended:?}");
}

/// Distributions build a compiler's commit with other parts.
#[test]
fn a_compiler_of_the_same_name_with_other_parts_is_refused() {
    let from = "lines.collect::<Vec<_>>().join(\"; \")";
    let to = format!(
        "{from}.replace(\"LLVM version: \", \"LLVM version: 9\")"
    );
    let workspace = Workspace::new().edit(COMPILER, from, &to);
    let ours = own("rustc");
    let name =
        ours.split_once(" 2").expect("a date").0.to_owned() + ")";
    let llvm = ours.rsplit_once("LLVM version: ").expect("LLVM").1;
    assert_refused(
        &workspace.build(&[], &[]),
        &differs(
            &format!("{name} (LLVM version: 9{llvm})"),
            &format!("{name} (LLVM version: {llvm})"),
        ),
    );
}

/// As it would be if the file had been exchanged after it was read.
#[test]
fn a_library_that_is_not_what_was_read_is_refused() {
    // What the symbol names is another text than the section's.
    let export = "crates/plugin/src/interface.rs";
    let workspace = Workspace::new().edit(
        export,
        "            #[unsafe(export_name = \"PLUGIN_DESCRIPTOR\")]\n",
        "            #[unsafe(export_name = \"PLUGIN_READ\")]\n",
    );
    let end = "                std: ::std::panic::take_hook,\n            };\n";
    let workspace = workspace.edit(
        export,
        end,
        &format!(
            "{end}            #[used]\n            \
             #[unsafe(export_name = \"PLUGIN_DESCRIPTOR\")]\n            \
             pub static OTHER: [u8; SIZE] = [7; SIZE];\n"
        ),
    );
    // It claims to be built with ours all the same.
    let workspace = workspace.edit(
        "crates/plugin/src/descriptor.rs",
        "env!(\"NUTSHELL_SOURCE\")",
        &format!("\"{}\"", own("nutshell-source")),
    );
    assert_refused(
        &workspace.build(&[], &[]),
        "replaced while it was loaded; start again",
    );
}

#[test]
fn a_library_for_another_platform_is_named_as_such() {
    let ours = own("platform");
    for (file, theirs) in [
        ("aarch64-linux", "64-bit little-endian aarch64 ELF (Linux)"),
        ("arm-linux", "32-bit little-endian arm ELF (Linux)"),
        ("s390x-linux", "64-bit big-endian s390x ELF (Linux)"),
        ("x86_64-windows", "64-bit little-endian x86_64 PE (Windows)"),
        ("x86_64-macos", "64-bit little-endian x86_64 Mach-O (macOS)"),
    ] {
        if theirs == ours {
            continue; // it is our own
        }
        let path =
            root().join("crates/host/tests/libraries").join(file);
        let ended = app(folder_with(&path, "voice").path(), &[]);
        let start = format!(
            "no plugins\nrefused voice: made for {theirs}, this app for \
             {ours}; built with "
        );
        let out = portable(&ended.out);
        assert!(out.starts_with(&start), "{out}");

        let inspected =
            run("app", &["inspect".as_ref(), path.as_os_str()]);
        assert_eq!(inspected.code, Some(1));
        let named = "\n  plugin            elsewhere\n";
        assert!(inspected.out.contains(named), "{}", inspected.out);
    }
}
