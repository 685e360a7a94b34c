//! The images of Example 2: what each command of their files does. It
//! takes no engine: `without-engine.sh` executes the files in folders.
//! Where there is one, `images/prove.sh` uses it.

mod musl;
mod plugins;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{LazyLock, OnceLock};

use crate::context::sent;
use crate::support::{
    Ended, copy, finish, folder, library, root, write,
};

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
