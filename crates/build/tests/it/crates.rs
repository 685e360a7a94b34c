//! An interface crate and a user of it, built by Cargo: what
//! `nutshell.rs` says when a compiler compiles it.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

/// The macro that includes the file comes from a crate of its own, as
/// `nutshell-plugin`'s does.
const SHARED: &str = r#"
#[macro_export]
macro_rules! facts {
    () => {
        include!(concat!(env!("OUT_DIR"), "/nutshell.rs"));
        /// What the build script found out.
        pub const FACTS: &[(&str, &str)] = &[
            ("rustc", env!("NUTSHELL_RUSTC")),
            ("target", env!("NUTSHELL_TARGET")),
            ("features", env!("NUTSHELL_FEATURES")),
            ("source", env!("NUTSHELL_SOURCE")),
            ("opt-level", env!("NUTSHELL_OPT_LEVEL")),
        ];
    };
}
"#;

const INTERFACE: &str = r#"
//! An interface.
#![deny(warnings, missing_docs)]
#![allow(unknown_lints)]

shared::facts!();

/// Its methods depend on how it is compiled.
pub trait Interface {
    /// Moves the next one.
    #[cfg(debug_assertions)]
    fn check(&self);
    /// A method.
    fn run(&self);
}

/// A function whose body depends on more.
#[cfg_attr(all(unix, target_os = "none"), cold)]
#[allow(unexpected_cfgs)]
pub fn which() -> u8 {
    if cfg!(any(nobody, somebody = "a \"b\"", feature = "extra")) {
        return 1;
    }
    cfg_select! {
        panic = "abort" => { 2 }
        _ => { 3 }
    }
}
"#;

const USER: &str = r#"
#![deny(warnings)]
fn main() {
    for (name, value) in interface::FACTS {
        println!("{name}: {value}");
    }
    for (name, on) in interface::NUTSHELL_CFG {
        println!("cfg {name}: {on}");
    }
    for (name, on) in interface::nutshell_target_features!() {
        println!("feature {name}: {on}");
    }
}
"#;

/// A folder that stays, with what Cargo has compiled there; a test finds
/// it as it is written here.
pub struct Workspace {
    folder: PathBuf,
    /// One test at a time.
    _lock: File,
}

impl Workspace {
    pub fn new() -> Self {
        let kept = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let folder = kept.join("workspace");
        fs::create_dir_all(&folder).unwrap();
        let lock = File::create(folder.join("lock")).unwrap();
        lock.lock().unwrap();
        for member in ["interface", "shared", "user"] {
            let _ = fs::remove_dir_all(folder.join(member));
        }
        let new = Self { folder, _lock: lock };
        let write = |path: &str, text: &str| {
            let path = new.path(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        let manifest = |name: &str, rest: &str| {
            let text = format!(
                "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\n\
                 edition = \"2024\"\n\n{rest}"
            );
            write(&format!("{name}/Cargo.toml"), &text);
        };
        let members = "members = [\"shared\", \"interface\", \"user\"]";
        let text =
            format!("[workspace]\nresolver = \"3\"\n{members}\n");
        write("Cargo.toml", &text);
        manifest("shared", "");
        write("shared/src/lib.rs", SHARED);
        manifest(
            "interface",
            &format!(
                "[features]\ndefault = [\"newer-API\"]\nextra = []\n\
                 newer-API = []\n\n[dependencies]\n\
                 shared = {{ path = \"../shared\" }}\n\n\
                 [build-dependencies]\n\
                 nutshell-build = {{ path = {:?} }}\n",
                env!("CARGO_MANIFEST_DIR")
            ),
        );
        let script =
            "fn main() { nutshell_build::describe(\"src\"); }\n";
        write("interface/build.rs", script);
        write("interface/src/lib.rs", INTERFACE);
        manifest(
            "user",
            "[dependencies]\ninterface = { path = \"../interface\" }\n",
        );
        write("user/src/main.rs", USER);
        new
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    pub fn cargo(
        &self,
        arguments: &[&str],
        set: &[(&str, &str)],
    ) -> Output {
        let mut cargo = Command::new("cargo");
        for (name, _) in env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            // What this test was built and started with.
            if ["CARGO", "RUSTC", "RUSTFLAGS", "RUSTDOC"]
                .iter()
                .any(|start| name.starts_with(start))
                && name != "CARGO_HOME"
            {
                cargo.env_remove(name);
            }
        }
        let output = cargo
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_TERM_QUIET", "true")
            .env("CARGO_TARGET_DIR", self.path("target"))
            .envs(set.iter().copied())
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "{output:?}");
        // No warnings in what is generated, either.
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(said, "");
        output
    }

    /// What the user prints about its compilation.
    pub fn facts(
        &self,
        arguments: &[&str],
        set: &[(&str, &str)],
    ) -> Facts {
        let arguments = [&["run", "-p", "user"], arguments].concat();
        let output = self.cargo(&arguments, set);
        Facts(String::from_utf8(output.stdout).unwrap())
    }
}

pub struct Facts(pub String);

impl Facts {
    pub fn get(&self, name: &str) -> &str {
        let start = format!("{name}: ");
        let mut lines = self.0.lines();
        let line = lines.find_map(|line| line.strip_prefix(&start));
        line.unwrap_or_else(|| panic!("no {name} in {}", self.0))
    }

    pub fn names(&self, kind: &str) -> Vec<&str> {
        self.0
            .lines()
            .filter_map(|line| {
                line.strip_prefix(kind)?.split(": ").next()
            })
            .collect()
    }
}

#[test]
fn each_cfg_is_what_the_compiler_says_it_is() {
    let workspace = Workspace::new();
    let debug = workspace.facts(&[], &[]);
    assert_eq!(
        debug.names("cfg "),
        [
            "debug_assertions",
            "nobody",
            "panic=\"abort\"",
            "somebody=\"a \\\"b\\\"\"",
            "target_os=\"none\"",
            "unix"
        ]
    );
    assert_eq!(debug.get("cfg debug_assertions"), "true");
    assert_eq!(debug.get("cfg nobody"), "false");
    assert_eq!(debug.get("cfg unix"), cfg!(unix).to_string());
    assert_eq!(debug.get("opt-level"), "0");
    assert_eq!(debug.get("features"), "default,newer-API");

    let release = workspace.facts(&["--release"], &[]);
    assert_eq!(release.get("cfg debug_assertions"), "false");
    assert_eq!(release.get("opt-level"), "3");
    for name in ["rustc", "target", "source", "features"] {
        assert_eq!(debug.get(name), release.get(name));
    }

    // A name for `cfg` that only this compilation has.
    let flags = [("RUSTFLAGS", "--cfg nobody")];
    let flagged = workspace.facts(&[], &flags);
    assert_eq!(flagged.get("cfg nobody"), "true");

    let extra =
        workspace.facts(&["--features", "interface/extra"], &[]);
    assert_eq!(extra.get("features"), "default,extra,newer-API");
}

#[test]
fn clippy_finds_nothing_and_disturbs_nothing() {
    let has = |name| Command::new(name).arg("-V").output().is_ok();
    if !has("clippy-driver") {
        eprintln!("skipped: there is no Clippy");
        return;
    }
    let workspace = Workspace::new();
    let before = workspace.facts(&[], &[]);
    workspace.cargo(&["clippy", "--workspace"], &[]);
    let after = workspace.facts(&[], &[]);
    assert_eq!(before.0, after.0);
}

#[test]
fn a_comment_changes_no_fact_and_a_new_token_does() {
    let workspace = Workspace::new();
    let file = workspace.path("interface/src/lib.rs");
    let before = workspace.facts(&[], &[]);
    fs::write(&file, format!("// A comment.\n{INTERFACE}")).unwrap();
    assert_eq!(workspace.facts(&[], &[]).0, before.0);
    let text = format!("{INTERFACE}\n/// New.\npub fn new() {{}}\n");
    fs::write(&file, text).unwrap();
    let after = workspace.facts(&[], &[]);
    assert_ne!(after.get("source"), before.get("source"));
}
