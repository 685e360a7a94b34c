//! What the book's page "For plugin authors" says: a plugin lives in a
//! repository of its own, and its workflow finds out whether the host
//! takes it.

use std::fs;

use preflight::fences::{fences, transcript};

use crate::images::read;
use crate::session::{CLONE, Reader};
use crate::support::{copy, root, write};

const EXAMPLE: &str = "examples/03-darkroom";
const WORKFLOW: &str = ".github/workflows/plugin.yml";

/// A command of a workflow, and the folder that it runs in.
#[derive(Debug, PartialEq)]
struct Step {
    command: String,
    folder: String,
}

/// The steps that run something. The workflows here are written in one
/// way: a step begins with six spaces, and goes on with eight.
fn steps(workflow: &str) -> Vec<Step> {
    let parts = workflow.split("\n      - ").skip(1);
    let step = |part: &str| {
        let mut lines = part.lines();
        let first = lines.next()?.strip_prefix("run: ")?;
        let block = lines.clone().map_while(|line| {
            line.strip_prefix("          ").map(|l| format!("{l}\n"))
        });
        let command = match first {
            "|" => block.collect(),
            command => command.to_owned(),
        };
        let key = "        working-directory: ";
        let folder = lines.find_map(|line| line.strip_prefix(key));
        let folder = folder.unwrap_or(".").to_owned();
        Some(Step { command, folder })
    };
    parts.filter_map(step).collect()
}

#[test]
fn the_steps_of_a_workflow_are_those_that_run_something() {
    let workflow = "steps:\n      - uses: a\n        with:\n          \
                    path: b\n      - run: c d\n        \
                    working-directory: e\n      # Why.\n      - run: |\n\
                    \x20         f\n            g\n      - run: h\n";
    let step = |command: &str, folder: &str| Step {
        command: command.to_owned(),
        folder: folder.to_owned(),
    };
    let expected =
        [step("c d", "e"), step("f\n  g\n", "."), step("h", ".")];
    assert_eq!(steps(workflow), expected);
}

/// What the page says to copy: `blur` in a repository of its own.
fn copy_plugin(reader: &mut Reader) {
    let page = read("book/src/authors.md");
    let mut fences = fences(&page).into_iter();
    let fence = fences.rfind(|(info, _)| info == "text");
    let (_, body) = fence.expect("what to copy");
    let commands = transcript(&page[body]);
    assert_eq!(commands.len(), 2, "{commands:?}");
    for (command, _) in commands {
        let readme = read(&format!("{EXAMPLE}/author/README.md"));
        assert!(readme.contains(&command), "README.md: no {command}");
        let out = reader.run(&command);
        assert_eq!((reader.code, &*out), (0, ""), "{command}");
    }
}

/// Takes a step, as the service does that runs workflows.
fn take(reader: &mut Reader, step: &Step) -> String {
    let home = reader.folder.clone();
    reader.folder = home.join(&step.folder);
    // What this repository has built is taken as it is.
    let ours = match step.folder == CLONE {
        true => "unset CARGO_BUILD_BUILD_DIR\n",
        false => "",
    };
    let out = reader.run(&format!("set -e\n{ours}{}", step.command));
    reader.folder = home;
    out
}

#[test]
#[ignore = "compiles a host and a plugin anew; make test-tools runs it"]
fn the_workflow_of_a_plugin_ends_well_and_for_no_other_file() {
    let (mut reader, _lock) = Reader::beside_the_clone("authors");
    copy_plugin(&mut reader);
    let workflow = read(&format!("{EXAMPLE}/author/{WORKFLOW}"));
    // Where the service puts the two repositories.
    let paths = workflow
        .lines()
        .filter_map(|line| line.strip_prefix("          path: "));
    let paths: Vec<_> = paths.collect();
    assert_eq!(paths, ["plugin", CLONE]);
    reader.run("mv blur plugin");
    let name = workflow
        .lines()
        .find_map(|line| line.strip_prefix("  PLUGIN: "));
    reader.set("PLUGIN", name.expect("a name"));
    // It compiles quicker so, and a host takes it as it takes the other.
    reader.set("CARGO_PROFILE_RELEASE_LTO", "off");

    let mut steps = steps(&workflow);
    // It asks the network, and the compiler is there.
    steps.retain(|step| step.command != "rustup toolchain install");
    assert_eq!(steps.len(), 5, "{steps:?}");
    for step in &steps {
        let out = take(&mut reader, step);
        assert_eq!(reader.code, 0, "{step:?}: {out}");
    }
    let loads = steps.last().expect("a step");
    assert!(loads.command.contains("darkroom --plugins"), "{loads:?}");

    let built = reader.folder.join("plugin/target/release/libblur.so");
    let good = fs::read(&built).expect("it is built");
    let other = b"product=kitchen!";
    let mut bad = good.clone();
    let own = b"product=darkroom";
    let at = bad.windows(own.len()).position(|part| part == own);
    bad[at.expect("a product")..][..own.len()].copy_from_slice(other);
    for file in [&bad[..], &good[..good.len() / 2]] {
        fs::write(&built, file).expect("a file");
        let out = take(&mut reader, loads);
        assert_eq!(reader.code, 2, "{out}");
        assert!(out.contains("libblur.so: "), "{out}");
    }
}

/// A crate of the same kinds as the plugin, and with its profile.
fn write_crate(reader: &mut Reader, dependencies: &str, code: &str) {
    let text = read(&format!("{EXAMPLE}/author/Cargo.toml"));
    let (first, rest) =
        text.split_once("# The rep").expect("a comment");
    let (_, profile) = rest.split_once("\n\n").expect("a profile");
    let first = first.replace("blur", "other");
    let text =
        format!("{first}[dependencies]\n{dependencies}{profile}");
    let folder = reader.folder.join("other");
    fs::create_dir_all(folder.join("src")).expect("a folder");
    write(folder.join("Cargo.toml"), &text);
    write(folder.join("src/lib.rs"), code);
    copy(
        &root().join("rust-toolchain.toml"),
        &folder.join("rust-toolchain.toml"),
    );
    reader.folder = folder;
}

/// Cargo's `-v` shows what it hands to the compiler, which need not
/// compile it.
#[test]
fn beside_an_rlib_cargo_leaves_out_the_optimization_while_linking() {
    let mut reader = Reader::new();
    write_crate(&mut reader, "", "compile_error!(\"seen\");\n");
    let mut has_lto = |command: &str| {
        let out = reader.run(&format!("cargo {command} -v --offline"));
        assert_eq!(reader.code, 101, "{out}");
        assert!(out.contains("error: seen"), "{out}");
        assert!(out.contains("--crate-type cdylib"), "{out}");
        out.contains("-C lto")
    };
    assert!(!has_lto("build --release"));
    assert!(has_lto("rustc --release --crate-type cdylib"));
}

#[test]
#[ignore = "compiles two plugins anew; make test-tools runs it"]
fn a_plugin_that_uses_another_plugin_as_a_crate_does_not_link() {
    let (mut reader, _lock) = Reader::beside_the_clone("authors");
    copy_plugin(&mut reader);
    let dependencies = format!(
        "blur = {{ path = \"../blur\" }}\nfilter-api = {{ path = \
         \"../rust-plugins-in-a-nutshell/{EXAMPLE}/api\" }}\n\n"
    );
    let code = "//! Blurs, too.\n\nuse filter_api::{Host, Result};\n\n\
                filter_api::plugin!(register);\n\n\
                fn register(host: &mut dyn Host) -> Result {\n    \
                blur::register(host)\n}\n";
    write_crate(&mut reader, &dependencies, code);
    let out = reader.run("cargo build --quiet");
    assert_eq!(reader.code, 101, "{out}");
    for symbol in ["PLUGIN_DESCRIPTOR", "plugin_register"] {
        assert!(out.contains(symbol), "{out}");
    }
    // Without `plugin!` it is a crate as any other.
    let code = code.replace("filter_api::plugin!(register);\n\n", "");
    write(reader.folder.join("src/lib.rs"), &code);
    let out =
        reader.run("cargo build --quiet 2>&1 | grep -v dead_code");
    assert!(!out.contains("error"), "{out}");
}
