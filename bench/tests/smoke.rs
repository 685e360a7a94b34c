//! Keeps the benchmark running, and its pages true to its results.
//! Nothing here depends on how long anything takes.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

fn bench(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bench"));
    command.args(arguments).arg("--folder").arg(folder);
    // Quicker to build, and measured just the same.
    command.env("CARGO_PROFILE_RELEASE_LTO", "off");
    command
}

fn run(command: &mut Command) -> (Output, String, String) {
    let output = command.output().expect("it was built");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into();
    let (out, error) = (text(&output.stdout), text(&output.stderr));
    (output, out, error)
}

/// A folder like this one, beside one for drawings.
fn elsewhere() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["bench/alternatives", "assets"] {
        fs::create_dir_all(folder.path().join(name)).expect("a folder");
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let there = folder.path().join("bench");
    for name in ["results.json", "tables.md"] {
        let file = Path::new("alternatives").join(name);
        fs::copy(here.join(&file), there.join(file)).expect(name);
    }
    folder
}

fn is_there(program: &str, argument: &str) -> bool {
    Command::new(program).arg(argument).output().is_ok()
}

/// Once with all compilers that are here, once with none but Rust's.
#[test]
#[ignore = "long: make test-tools"]
fn every_way_is_measured_if_there_is_a_compiler_for_it() {
    let folder = elsewhere();
    let bench_folder = folder.path().join("bench");
    let few = ["--save", "--rounds", "1", "--plugins", "2,3"];
    let has_go = is_there("go", "version");
    let has_c = cfg!(unix) && is_there("cc", "--version");
    for (has_c, has_go) in [(has_c, has_go), (false, false)] {
        let mut command = bench(&few, &bench_folder);
        if !has_c && !has_go {
            command.env("CC", "no-cc").env("GO", "no-go");
        }
        let (output, out, error) = run(&mut command);
        assert!(output.status.success(), "{error}");
        assert_eq!(out.contains("| Go opens Go"), has_go, "{out}");
        assert_eq!(out.contains("| C opens C"), has_c, "{out}");
        let left_out = error.contains("no column for Go");
        assert_eq!(left_out, !has_go, "{error}");

        let file = bench_folder.join("results.json");
        let json = fs::read_to_string(file).expect("results");
        let json: Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(json["go"].is_string(), has_go);
        assert_eq!(json["cc"].is_string(), has_c);
        assert!(json["rustc"].as_str().unwrap().starts_with("rustc"));
        let figures = json["figures"].as_array().expect("figures");
        for figure in figures {
            let rows = figure["rows"].as_array().expect("rows");
            assert!(!rows.is_empty(), "{figure}");
            for row in rows {
                let value = row["value"]["median"].as_f64();
                assert!(value.unwrap() > 0.0, "{figure}");
            }
        }
        let mut check = bench(&["render", "--check"], &bench_folder);
        let (output, _, error) = run(&mut check);
        assert!(output.status.success(), "{error}");
    }
}

/// Those that are quick to compile; they share all of the harness.
#[test]
#[ignore = "long: make test-tools"]
fn the_same_plugin_is_measured_behind_other_boundaries() {
    let folder = elsewhere();
    let bench_folder = folder.path().join("bench");
    let only = ["alternatives", "--rounds", "1", "--only"];
    let run = |names: &str, more: &[&str]| {
        let words = [&only[..], &[names], more].concat();
        run(&mut bench(&words, &bench_folder))
    };
    let (output, out, error) = run("descriptor,c-abi,process", &[]);
    assert!(output.status.success(), "{error}");
    for row in
        ["| Rust, with a descriptor ", "| the ABI of C", "| a child "]
    {
        assert_eq!(out.matches(row).count(), 2, "{row}: {out}");
    }
    assert!(!out.contains("stabby"), "{out}");

    let (output, _, error) = run("nothing", &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(error.contains("there is nothing to measure"), "{error}");
    // A part of the rows must not take the place of all.
    let (output, _, error) = run("c-abi", &["--save"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(error.contains("--save"), "{error}");
}

#[test]
fn the_numbers_page_and_the_chart_are_what_the_results_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (output, _, error) =
        run(&mut bench(&["render", "--check"], folder));
    assert!(output.status.success(), "{error}");
}

#[test]
fn a_number_that_was_changed_by_hand_is_noticed() {
    let folder = elsewhere();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let there = folder.path().join("bench");
    for changed in
        ["tables.md", "../assets/numbers.svg", "alternatives/tables.md"]
    {
        for file in
            ["results.json", "tables.md", "../assets/numbers.svg"]
        {
            fs::copy(here.join(file), there.join(file)).expect(file);
        }
        let file = there.join(changed);
        let text = fs::read_to_string(&file).expect(changed);
        let digit = text.rfind("kB").expect("a size") - 2;
        let mut text = text.into_bytes();
        text[digit] = if text[digit] == b'1' { b'2' } else { b'1' };
        fs::write(&file, text).expect(changed);
        let (output, _, error) =
            run(&mut bench(&["render", "--check"], &there));
        assert_eq!(output.status.code(), Some(1), "{changed}");
        let name = file.file_name().expect("a name");
        assert!(error.contains(name.to_str().unwrap()), "{error}");
        assert!(error.contains("not what results.json says"));
    }
}

#[test]
fn results_that_cannot_be_read_are_named() {
    let folder = elsewhere();
    let there = folder.path().join("bench");
    let (output, _, error) = run(&mut bench(&["render"], &there));
    assert_eq!(output.status.code(), Some(1));
    assert!(error.contains("results.json"), "{error}");
    fs::write(there.join("results.json"), "{}").expect("a file");
    let (output, _, error) = run(&mut bench(&["render"], &there));
    assert_eq!(output.status.code(), Some(1));
    assert!(error.contains("missing field"), "{error}");
}
