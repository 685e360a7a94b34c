//! Writes the workspace of the toy and has Cargo build it. The sources
//! are the files of this folder; the manifests are made here, because
//! Cargo packages no crate inside of another.

use std::collections::BTreeMap;
use std::env::{self, consts};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use serde_json::Value;

/// The crates of the mechanism that the toy is built with.
pub const MECHANISM: [&str; 4] = [
    "nutshell-build",
    "nutshell-flags",
    "nutshell-host",
    "nutshell-plugin",
];

/// The plugins of the toy; each is an example of the crate `plugins`.
const TEAS: [(&str, &str); 5] = [
    ("assam", include_str!("plugin.rs")),
    ("darjeeling", include_str!("darjeeling.rs")),
    ("spilled", include_str!("spilled.rs")),
    ("nameless", include_str!("nameless.rs")),
    ("no_tea", include_str!("no_tea.rs")),
];

/// Interfaces that `tiny.rs` is written out as: the folder, the crate,
/// its version and the product. Each has a plugin of the folder's name.
const TINY: [(&str, &str, &str, &str); 3] = [
    ("second", "tea-api", "2.0.0", "tea room"),
    ("coffee", "coffee-api", "1.0.0", "tea room"),
    ("command", "command-api", "1.0.0", "app"),
];

/// What Cargo has built.
pub struct Built {
    /// The folder of all plugins.
    pub plugins: PathBuf,
    /// The program with the checks.
    pub checks: PathBuf,
}

/// The toy, built with the crates beside this one, once.
pub static BUILT: LazyLock<Built> = LazyLock::new(|| {
    let folder = folder("toy");
    let _lock = lock(&folder);
    write(&folder, &Mechanism::beside_this());
    let even = ["--workspace", "--exclude=odd", "--examples"];
    let even = [&even[..], &["--test=checks"]].concat();
    let mut built = build(&folder, &even);
    // Apart, or Cargo would give all of them the odd one's features.
    let odd = build(&folder, &["--package=odd", "--examples"]);
    built.extend(odd);
    let plugins = built["assam"].parent().expect("a folder").to_owned();
    Built { plugins, checks: built["checks"].clone() }
});

/// The first plugin, built with these crates in a workspace of its own.
pub fn assam(folder: &Path, mechanism: &Mechanism) -> PathBuf {
    let _lock = lock(folder);
    write(folder, mechanism);
    let assam = ["--package=plugins", "--example=assam"];
    build(folder, &assam)["assam"].clone()
}

/// A folder that the next run finds again.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// Keeps other processes from building here until it is dropped.
pub fn lock(folder: &Path) -> File {
    let file = File::create(folder.join("lock")).expect("a file");
    file.lock().expect("a lock");
    file
}

// -------------------------------------------------- the mechanism ---

/// Where the crates of the mechanism are.
pub struct Mechanism {
    /// The folder of each crate.
    pub crates: BTreeMap<String, PathBuf>,
    /// The versions that their dependencies were downloaded in.
    pub lock: PathBuf,
}

impl Mechanism {
    /// Those that this test was built with, wherever they are.
    pub fn beside_this() -> Self {
        if let Some(found) = Self::of(&metadata(&["--no-deps"])) {
            return found;
        }
        // They are in no workspace with this one.
        let platform = format!("--filter-platform={}", host());
        let all = metadata(&["--offline", &platform]);
        Self::of(&all).expect("our crates")
    }

    fn of(metadata: &Value) -> Option<Self> {
        let root = metadata["workspace_root"].as_str()?;
        let packages = metadata["packages"].as_array()?;
        let folder = |name: &&str| {
            let named = |package: &&Value| package["name"] == **name;
            let package = packages.iter().find(named)?;
            let manifest = package["manifest_path"].as_str()?;
            let folder = Path::new(manifest).parent()?;
            Some((name.to_string(), folder.to_owned()))
        };
        let crates =
            MECHANISM.iter().map(folder).collect::<Option<_>>();
        let lock = Path::new(root).join("Cargo.lock");
        Some(Self { crates: crates?, lock })
    }
}

fn metadata(arguments: &[&str]) -> Value {
    let this = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut command = cargo(this);
    command.args(["metadata", "--format-version=1"]).args(arguments);
    serde_json::from_slice(&output(command)).expect("JSON")
}

/// The platform that Cargo builds for by itself.
fn host() -> String {
    let rustc = env::var_os("RUSTC").unwrap_or("rustc".into());
    let mut command = Command::new(rustc);
    command.arg("-vV");
    let text = String::from_utf8(output(command)).expect("UTF-8");
    let host =
        text.lines().find_map(|line| line.strip_prefix("host: "));
    host.expect("a host").to_owned()
}

// ---------------------------------------------------- the sources ---

fn write(folder: &Path, mechanism: &Mechanism) {
    let mut written = Vec::new();
    let mut write = |path: &str, text: &str| {
        let path = folder.join(path);
        written.push(path.clone());
        // What has not changed is not built again.
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            return;
        }
        let above = path.parent().expect("a folder");
        fs::create_dir_all(above).expect("a folder");
        fs::write(&path, text)
            .unwrap_or_else(|error| panic!("{path:?}: {error}"));
    };
    let build_script = include_str!("build.rs");

    write("Cargo.toml", &workspace(mechanism));
    fs::copy(&mechanism.lock, folder.join("Cargo.lock"))
        .unwrap_or_else(|e| panic!("{:?}: {e}", mechanism.lock));

    write("api/Cargo.toml", &interface("tea-api", "1.0.0", ""));
    write("api/build.rs", build_script);
    write("api/src/lib.rs", include_str!("api.rs"));

    let answer = manifest("answer", "1.0.0", FEATURE_BIGGER);
    write("answer/Cargo.toml", &answer);
    write("answer/src/lib.rs", include_str!("answer.rs"));
    for (folder, name, version, product) in TINY {
        let crosses = "answer.path = \"../answer\"\n";
        let text = interface(name, version, crosses);
        write(&format!("{folder}/Cargo.toml"), &text);
        write(&format!("{folder}/build.rs"), build_script);
        let source = include_str!("tiny.rs");
        let source = source.replace("PRODUCT", product);
        write(&format!("{folder}/src/lib.rs"), &source);
    }

    let mut plugins = manifest("plugins", "1.0.0", PLUGINS);
    let tiny = TINY.map(|(name, ..)| {
        (name, format!("//! Knows.\n\n{name}_api::plugin!(|| 42);\n"))
    });
    let tiny = tiny.iter().map(|(name, text)| (*name, &**text));
    for (name, source) in TEAS.into_iter().chain(tiny) {
        plugins += &example(name);
        write(&format!("plugins/{name}.rs"), source);
    }
    write("plugins/Cargo.toml", &plugins);
    write("plugins/src/lib.rs", "//! The plugins are examples.\n");

    let mut odd = manifest("odd", "1.0.0", ODD);
    let bigger = "//! Bigger.\n\ncoffee_api::plugin!(|| 42);\n";
    write("odd/bigger.rs", bigger);
    odd += &example("bigger");
    // Other linkers do not make it.
    if cfg!(target_os = "linux") {
        write("odd/missing.rs", include_str!("missing.rs"));
        odd += &example("missing");
    }
    write("odd/Cargo.toml", &odd);
    write("odd/src/lib.rs", "//! The plugins are examples.\n");

    write("host/Cargo.toml", &manifest("tea-host", "1.0.0", HOST));
    write("host/src/lib.rs", include_str!("host.rs"));
    write("host/tests/checks/main.rs", include_str!("checks.rs"));
    write("host/tests/checks/copies.rs", include_str!("copies.rs"));
    write("host/tests/checks/room.rs", include_str!("room.rs"));
    for old in fs::read_dir(folder).expect("the folder").flatten() {
        if old.path().join("Cargo.toml").exists() {
            remove_others(&old.path(), &written);
        }
    }
}

/// Removes what an older form of this test has written.
fn remove_others(folder: &Path, written: &[PathBuf]) {
    for old in fs::read_dir(folder).expect("a folder").flatten() {
        let path = old.path();
        if path.is_dir() {
            remove_others(&path, written);
        } else if !written.contains(&path) {
            fs::remove_file(&path).expect("an old file");
        }
    }
}

const FEATURE_BIGGER: &str = "
[features]
bigger = []
";

const PLUGINS: &str = r#"
[dependencies]
tea-api.path = "../api"
second-api = { path = "../second", package = "tea-api" }
coffee-api.path = "../coffee"
command-api.path = "../command"
"#;

const ODD: &str = r#"
[dependencies]
tea-api.path = "../api"
coffee-api.path = "../coffee"
answer = { path = "../answer", features = ["bigger"] }
"#;

const HOST: &str = r#"
[dependencies]
nutshell-host = "*"
tea-api.path = "../api"

[dev-dependencies]
answer.path = "../answer"
second-api = { path = "../second", package = "tea-api" }
coffee-api.path = "../coffee"
command-api.path = "../command"
"#;

fn workspace(mechanism: &Mechanism) -> String {
    // No two members may have one name.
    let mut text = "[workspace]\nresolver = \"3\"\n\
         members = [\"host\", \"odd\", \"plugins\"]\n\
         exclude = [\"second\"]\n\n\
         [profile.dev]\ndebug = false\n\n[patch.crates-io]\n"
        .to_owned();
    for (name, folder) in &mechanism.crates {
        text += &format!("{name}.path = {folder:?}\n");
    }
    text
}

fn manifest(name: &str, version: &str, rest: &str) -> String {
    // A plugin author needs none.
    let unsafe_code =
        if name == "plugins" { "forbid" } else { "allow" };
    // Whose compiler builds a package is not known.
    let warnings = if is_packaged() { "warn" } else { "deny" };
    format!(
        "[package]\nname = {name:?}\nversion = {version:?}\n\
         edition = \"2024\"\n\n[lints.rust]\n\
         warnings = {warnings:?}\nunsafe_code = {unsafe_code:?}\n{rest}"
    )
}

/// Whether this is a crate as Cargo packages it.
pub fn is_packaged() -> bool {
    let this = Path::new(env!("CARGO_MANIFEST_DIR"));
    this.join("Cargo.toml.orig").exists()
}

/// The manifest of an interface crate.
fn interface(name: &str, version: &str, dependencies: &str) -> String {
    let rest = format!(
        "\n[dependencies]\nnutshell-plugin = \"*\"\n{dependencies}\n\
         [build-dependencies]\nnutshell-build = \"*\"\n"
    );
    manifest(name, version, &rest)
}

fn example(name: &str) -> String {
    format!(
        "\n[[example]]\nname = {name:?}\npath = \"{name}.rs\"\n\
         crate-type = [\"cdylib\"]\n"
    )
}

// ---------------------------------------------------------- Cargo ---

/// Builds something of the workspace: the file of each target.
fn build(
    folder: &Path,
    arguments: &[&str],
) -> BTreeMap<String, PathBuf> {
    let mut command = cargo(folder);
    command.args(["build", "--offline"]).args(arguments);
    command.arg("--message-format=json-render-diagnostics");
    command.arg("--target-dir").arg(folder.join("target"));
    let output = String::from_utf8(output(command)).expect("UTF-8");
    let artifacts = output.lines().filter_map(|line| {
        let artifact: Value = serde_json::from_str(line).ok()?;
        let name = artifact["target"]["name"].as_str()?.to_owned();
        let files = artifact["filenames"].as_array()?.iter();
        let is_library = |file: &&str| {
            let extension = Path::new(file).extension();
            extension.is_some_and(|e| e == consts::DLL_EXTENSION)
        };
        let library = files.filter_map(Value::as_str).find(is_library);
        let file = artifact["executable"].as_str().or(library)?;
        Some((name, PathBuf::from(file)))
    });
    artifacts.collect()
}

/// Cargo, without what the one that runs this test says of its package.
pub fn cargo(folder: &Path) -> Command {
    let cargo = env::var_os("CARGO").unwrap_or("cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(folder);
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let is_of_package = ["CARGO_PKG_", "CARGO_MANIFEST_"]
            .iter()
            .any(|start| text.starts_with(start));
        if is_of_package || text == "CARGO_TARGET_DIR" {
            command.env_remove(&name);
        }
    }
    command
}

/// What a command prints.
pub fn output(mut command: Command) -> Vec<u8> {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}:\n{error}");
    output.stdout
}
