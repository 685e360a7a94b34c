//! Does what the book's chapter on one's own interface says, in a fresh
//! folder beside this repository; and keeps its code as short as it is.

use std::fs;
use std::process::Command;

use crate::session::{CHAPTERS, Reader, has_git};
use crate::support::{files, finish, root};

#[test]
fn who_does_what_the_chapter_says_sees_what_it_shows() {
    if !has_git() {
        return println!("skipped: there is no git");
    }
    let (mut reader, lock) = Reader::beside_the_clone("your-own");
    if !reader.does(CHAPTERS[0]) {
        drop(lock);
        who_does_what_the_chapter_says_sees_what_it_shows();
    }
}

/// Files that the reader writes, by their names.
fn written(names: &[&str]) -> String {
    let read = |name: &&str| {
        let path = root().join("tests/your-own").join(name);
        fs::read_to_string(path)
            .unwrap_or_else(|e| panic!("{name}: {e}"))
    };
    names.iter().map(read).collect()
}

/// All lines that are not blank.
fn lines_of(source: &str) -> usize {
    source.lines().filter(|line| !line.trim().is_empty()).count()
}

#[test]
fn the_interface_is_at_most_eighty_lines_and_the_loading_forty() {
    let interface = lines_of(&written(&["api.rs", "build.rs"]));
    assert!(interface <= 80, "{interface} lines");
    let loading = lines_of(&written(&["load.rs"]));
    assert!(loading <= 40, "{loading} lines");
}

/// Lines of the copy's manifest that ours does not have.
fn differing(copied: &str) -> Vec<&str> {
    let ours = fs::read_to_string(root().join("Cargo.toml"));
    let ours = ours.expect("it is there");
    let has = |line: &&str| ours.lines().any(|own| own == *line);
    let lines = copied.lines().filter(|line| !has(line));
    lines.filter(|l| *l != "members = [\"crates/*\"]").collect()
}

#[test]
fn a_copy_of_the_crates_inherits_what_they_inherit_here() {
    let copied = written(&["copied.toml"]);
    assert_eq!(differing(&copied), [""; 0]);
    let other = copied.replace("libc = \"0", "libc = \"9");
    assert_eq!(differing(&other).len(), 1, "{other}");
}

/// Why a plugin cannot be shown on a slide.
fn too_much(plugin: &str) -> Option<String> {
    // A slide's title says what the first line says.
    let code = plugin.lines().filter(|l| !l.starts_with("//!"));
    let code: Vec<&str> = code.collect();
    let lines = lines_of(&code.join("\n"));
    if let Some(line) = code.iter().find(|line| line.len() > 72) {
        return Some(format!("too wide: {line}"));
    }
    if plugin.contains("unsafe") {
        return Some("it is unsafe".to_owned());
    }
    (lines > 15).then(|| format!("{lines} lines"))
}

#[test]
fn each_plugin_fits_on_a_slide_and_has_no_unsafe() {
    for name in ["twinkle.rs", "bach.rs"] {
        let plugin = written(&[name]);
        assert_eq!(too_much(&plugin), None, "{name}");
        let long = plugin.clone() + &"// x\n".repeat(15);
        assert!(too_much(&long).is_some());
        let wide = plugin.replace("    ", "                    ");
        assert!(too_much(&wide).is_some());
        let wild = plugin.replace("fn play", "unsafe fn play");
        assert!(too_much(&wild).is_some());
    }
}

/// These files belong to no crate here, so `make lint` passes them over.
#[test]
fn what_the_reader_writes_is_formatted() {
    let rustfmt = |sources: &[String]| {
        let mut command = Command::new("rustfmt");
        command.current_dir(root()).args(["--check", "--edition=2024"]);
        finish(command.args(sources))
    };
    let mut sources: Vec<String> =
        files(".rs").into_iter().map(|(file, _)| file).collect();
    sources.retain(|file| file.starts_with("tests/your-own/"));
    assert!(sources.len() > 4, "{sources:?}");
    let ended = rustfmt(&sources);
    assert_eq!((ended.code, &*ended.out), (Some(0), ""), "{ended:?}");

    let fixture = root().join("tests/your-own/build.rs");
    let text = fs::read_to_string(fixture).expect("it is there");
    let folder = crate::support::folder();
    let bad = folder.path().join("bad.rs");
    fs::write(&bad, text.replace("    ", " ")).expect("a file");
    let ended = rustfmt(&[bad.to_str().expect("UTF-8").to_owned()]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
}
