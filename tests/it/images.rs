//! The images of Example 2: what each command of their files does. It
//! takes no engine: `without-engine.sh` executes the files in folders.
//! Where there is one, `images/prove.sh` uses it.

use std::env::{self, consts};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{LazyLock, OnceLock};

use nutshell_host::{Candidate, Trust, inspect};

use crate::context::sent;
use crate::host::{app, folder_with};
use crate::refusals::assert_accepted;
use crate::support::{
    Built, Ended, SAY_WHERE, copy, finish, folder, library, root, write,
};
use crate::workspace::{QUICKER, Workspace};

pub const IMAGES: &str = "examples/02-registration/images";

pub fn read(file: &str) -> String {
    let text = fs::read_to_string(root().join(file));
    text.unwrap_or_else(|error| panic!("{file}: {error}"))
}

pub fn dockerfile(name: &str) -> String {
    read(&format!("{IMAGES}/{name}.Dockerfile"))
}

/// Where the folders are that stand for roots of stages.
fn top(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("images").join(name)
}

/// The repository as a build gets it.
fn context() -> &'static Path {
    static CONTEXT: OnceLock<PathBuf> = OnceLock::new();
    CONTEXT.get_or_init(|| {
        let folder = top("context");
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("it can be removed");
        }
        fs::create_dir_all(&folder).expect("a new folder");
        let mut command = Command::new("cp");
        command.args(["-a", "--parents"]);
        command.args(sent(&read(".dockerignore"))).arg(&folder);
        let ended = finish(command.current_dir(root()));
        assert_eq!(ended.code, Some(0), "{ended:?}");
        folder
    })
}

/// Executes a Dockerfile with a context, in folders of that name, and
/// then, if more is given, what it is for: a mount, and words.
fn execute(
    file: &Path,
    context: &Path,
    name: &str,
    variables: &[(&str, &Path)],
    more: &[&str],
) -> Ended {
    let mut command = Command::new("sh");
    for (name, _) in env::vars_os() {
        // Cargo and rustup have set some for this test.
        let name = name.to_string_lossy();
        let is_theirs =
            name.starts_with("CARGO_") || name.starts_with("RUST");
        let is_where =
            name.ends_with("_HOME") || name == "CARGO_BUILD_TARGET";
        if is_theirs && !is_where {
            command.env_remove(&*name);
        }
    }
    // Whatever target a configuration of this machine names.
    let mut path = root().join("stage/bin:").into_os_string();
    path.push(env::var_os("PATH").unwrap_or_default());
    command.env("PATH", path);
    let script = root().join("tests/it/without-engine.sh");
    command.envs(variables.iter().copied()).arg(script);
    command.args([file, context, &top(name)]);
    finish(command.args(more))
}

fn mount(from: &Path, to: &str) -> String {
    format!("{}:{to}", from.display())
}

/// Variables that make a build quicker, and what is built slower. What
/// the images of one repository compile on the way they share.
fn quicker() -> [(&'static str, &'static Path); 3] {
    static BETWEEN: LazyLock<PathBuf> =
        LazyLock::new(|| top("between"));
    [
        ("CARGO_PROFILE_RELEASE_LTO", Path::new("off")),
        ("CARGO_PROFILE_RELEASE_OPT_LEVEL", Path::new("0")),
        ("CARGO_BUILD_BUILD_DIR", &BETWEEN),
    ]
}

/// Runs the builder in a container of that name, with the folder of a
/// plugin mounted at /work, and gives the path of the library back.
fn build(
    name: &str,
    plugin: &Path,
    package: &str,
    variables: &[(&str, &Path)],
) -> PathBuf {
    let file = root().join(IMAGES).join("plugin-builder.Dockerfile");
    let more = [&*mount(plugin, "/work"), package];
    let ended = execute(&file, context(), name, variables, &more);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let release = "container/work/target/plugin-builder/release";
    library(&top(name).join(release), package)
}

/// Builds the app's image; it is compiled only once.
fn run_app(more: &[&str]) -> Ended {
    let file = root().join(IMAGES).join("app.Dockerfile");
    execute(&file, context(), "app", &quicker(), more)
}

const LISTED: &str = "reverse\n  reverse    say it backwards\n\
    voice\n  shout      say it loudly\n  whisper    say it softly\n";

/// The plugin that has a folder of its own.
fn own() -> PathBuf {
    root().join(IMAGES).join("reverse")
}

/// All files of the builder's image that are ours.
fn ours(image: &Path) -> Vec<String> {
    let top = image.join("rust-plugins-in-a-nutshell");
    let mut command = Command::new("find");
    let command = command.args([".", "-type", "f"]).current_dir(top);
    let found = finish(command).out;
    found.lines().map(|path| path[2..].to_owned()).collect()
}

/// The files of the builder's image that no author of a plugin needs.
fn superfluous(image: &Path) -> Vec<String> {
    let api = "examples/02-registration/api/";
    let is_needed = |path: &str| {
        let is_list = ["Cargo.toml", "Cargo.lock"].contains(&path);
        is_list || path.starts_with("crates/") || path.starts_with(api)
    };
    let files = ours(image).into_iter();
    files.filter(|path| !is_needed(path)).collect()
}

/// Who builds a plugin elsewhere needs no host, and gets none to read.
#[test]
fn the_builder_has_the_mechanism_the_interface_and_the_lock_only() {
    let text = dockerfile("plugin-builder");
    let folder = folder();
    let image = |name: &str, text: &str| {
        let file = write(folder.path().join(name), text);
        let ended = execute(&file, context(), name, &[], &[]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        top(name).join("last")
    };
    let builder = image("builder", &text);
    assert_eq!(superfluous(&builder), [""; 0]);
    assert!(ours(&builder).contains(&"Cargo.lock".to_owned()));

    let all = text.replace("COPY crates crates", "COPY . .");
    let found = superfluous(&image("builder-of-all", &all));
    let host = "examples/02-registration/host/src/main.rs".to_owned();
    assert!(found.contains(&host), "{found:?}");
}

/// Plugins of both kinds, first by mount, then each as a layer.
#[test]
#[ignore = "compiles the whole app anew; make test-tools runs it"]
fn the_app_loads_what_the_builder_has_built() {
    let plugins = folder();
    let mounted = mount(plugins.path(), "/app/plugins");
    let ended = run_app(&[&mounted]);
    assert_eq!(ended.out, "no plugins\n", "{ended:?}");

    let kinds = [(context(), "voice"), (&own(), "reverse")];
    for (sources, package) in kinds {
        let built = build(package, sources, package, &quicker());
        copy(&built, &library(plugins.path(), package));
    }
    let ended = run_app(&[&mounted, "--strict"]);
    assert_eq!(ended.out, LISTED, "{ended:?}");

    let file = root().join(IMAGES).join("plugin.Dockerfile");
    let builder = top("voice").join("last");
    let mut app = top("app").join("last");
    let (nothing, mut listed) = (folder(), String::new());
    let none = mount(nothing.path(), "/none");
    for (sources, package) in kinds {
        let name = format!("app-{package}");
        let package = Path::new(package);
        let mut arguments = quicker().to_vec();
        arguments.extend([
            ("APP", &*app),
            ("BUILDER", &builder),
            ("PLUGIN", package),
        ]);
        let more = [&*none, "--strict"];
        let ended = execute(&file, sources, &name, &arguments, &more);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        app = top(&name).join("last");
        listed = ended.out;
    }
    assert_eq!(listed, LISTED);
}

#[test]
fn a_command_that_fails_ends_the_build() {
    let folder = folder();
    for (line, error) in [
        ("RUN cargo fetch --wrong", "unexpected argument '--wrong'"),
        ("RUN --network=none true", "--network=none true: not known"),
        ("COPY --from=build /absent /", "/absent"),
        ("HEALTHCHECK NONE", "HEALTHCHECK: not known here"),
    ] {
        let text = format!("FROM x AS build\n{line}\nWORKDIR /after\n");
        let file = write(folder.path().join("x.Dockerfile"), &text);
        let ended = execute(&file, context(), "broken", &[], &[]);
        assert_ne!(ended.code, Some(0), "{line}");
        assert!(ended.err.contains(error), "{ended:?}");
        assert!(!top("broken").join("build/after").exists());
    }
}

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

/// Why the app's image has a C library in it. It runs where the target
/// is installed, as `rustup target add` does.
#[test]
fn a_static_program_loads_no_plugin() {
    let target = format!("{}-unknown-linux-musl", consts::ARCH);
    let installed =
        finish(Command::new("rustc").current_dir(root()).args([
            "--print",
            "target-libdir",
            "--target",
            &target,
        ]));
    if !Path::new(installed.out.trim()).exists() {
        return println!("skipped: rustup target add {target}");
    }
    let compile = |package: &str, flags: &str| {
        finish(
            Command::new("cargo")
                .current_dir(root())
                .args(["build", "--quiet", "--package", package])
                .args([SAY_WHERE, "--target", &target, "--target-dir"])
                .arg(top("static").join(package))
                .env("RUSTFLAGS", flags),
        )
    };
    let ended = compile("voice", "");
    let reason = "does not support these crate types";
    assert!(ended.err.contains(reason), "{ended:?}");

    let ended = compile("voice", "-C target-feature=-crt-static");
    let library = Built::of(&ended).library("voice");
    let folder = folder();
    let program = folder.path().join("opens");
    let source = write(folder.path().join("opens.rs"), OPENS);
    let ended = finish(
        Command::new("rustc")
            .current_dir(root())
            .args(["--edition=2024", "--target", &target, "-o"])
            .args([&program, &source]),
    );
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let ended = finish(Command::new(program).arg(library));
    assert_eq!(ended.out, "Dynamic loading not supported\n");

    // So the hosts are not built at all.
    for (host, reason) in [
        ("basic-host", "a statically linked program cannot open"),
        ("app", "a statically linked host cannot load plugins: musl"),
    ] {
        let ended = compile(host, "");
        assert_ne!(ended.code, Some(0), "{ended:?}");
        assert!(ended.err.contains(reason), "{ended:?}");
    }
    let ended = compile("app", "-C target-feature=-crt-static");
    assert_eq!(ended.code, Some(0), "{ended:?}");
}

/// Opens the library that it is given, and prints what came of it.
const OPENS: &str = r#"
use std::ffi::{CStr, CString, c_char, c_int, c_void};

unsafe extern "C" {
    fn dlopen(file: *const c_char, mode: c_int) -> *mut c_void;
    fn dlerror() -> *const c_char;
}

fn main() {
    let file = CString::new(std::env::args().nth(1).unwrap()).unwrap();
    // SAFETY: the test has built the library.
    if unsafe { dlopen(file.as_ptr(), 2) }.is_null() {
        // SAFETY: the last call has failed and left its text.
        let error = unsafe { CStr::from_ptr(dlerror()) };
        println!("{}", error.to_str().unwrap());
    } else {
        println!("opened");
    }
}
"#;
