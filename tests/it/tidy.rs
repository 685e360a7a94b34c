//! Rules of the repository that no other tool checks.

use std::fs;

use crate::support::{files, paths, root};

#[test]
fn every_rust_file_begins_with_what_it_is_for() {
    for (file, text) in files(".rs") {
        assert!(text.starts_with("//! "), "{file}: has no //! line");
    }
}

/// A file of code is one idea; tests may go on for longer.
#[test]
fn no_file_of_the_examples_is_long() {
    for (file, text) in files(".rs") {
        // Neither do the marks of the regions that the book shows count,
        // nor tests that stand below the code.
        let is_mark = |line: &&str| line.contains("// ANCHOR");
        let is_code = file.starts_with("examples")
            || file.starts_with("crates") && file.contains("/src/");
        let code = match is_code {
            true => text.split("\n#[cfg(test)]\n").next(),
            false => Some(&*text),
        };
        let code = code.unwrap_or_default();
        let lines = code.lines().filter(|l| !is_mark(l)).count();
        let limit = if is_code { 210 } else { 520 };
        assert!(lines <= limit, "{file}: has {lines} lines");
    }
}

/// Texts are compared to the letter; `.gitattributes` keeps their ends.
#[test]
fn no_line_ends_as_on_windows() {
    for file in paths() {
        let text = fs::read(root().join(&file)).unwrap_or_default();
        let ends = windows_ends(&text);
        assert!(ends == 0, "{file}: {ends} lines end with a CR");
    }
    assert_eq!(windows_ends(b"a\r\nb\n\r\n"), 2);
    assert_eq!(windows_ends(b"\x7fELF\0\r\n"), 0);
}

/// How many lines of a text end with CR and LF.
fn windows_ends(text: &[u8]) -> usize {
    let is_text = !text.contains(&0);
    let ends = text.windows(2).filter(|pair| pair == b"\r\n").count();
    if is_text { ends } else { 0 }
}

/// Lines that have `sed` change a file, without telling it the locale.
/// That of macOS stops at a byte that is no text of the locale.
fn seds(text: &str) -> Vec<&str> {
    let is_sed = |line: &&str| {
        let line = line.replace("LC_ALL=C sed", "");
        ["sed s/", "sed 's/"].iter().any(|sed| line.contains(sed))
    };
    text.lines().filter(is_sed).collect()
}

#[test]
fn what_a_reader_types_changes_a_library_on_macos_too() {
    let found =
        seds("sed s/a/b/ x\nLC_ALL=C sed s/a/b/ x\nsed 's/a/b/'\n");
    assert_eq!(found, ["sed s/a/b/ x", "sed 's/a/b/'"]);
    for (file, text) in files(".md") {
        assert_eq!(seds(&text), [""; 0], "{file}");
    }
}

/// Programs that a reader is told to install in any version.
fn installs_any(text: &str) -> Vec<&str> {
    let mut words = text.split([' ', '`', '\n', '(', ')']);
    let mut found = Vec::new();
    while let Some(word) = words.next() {
        if ["cargo", "pip"].contains(&word)
            && words.clone().next() == Some("install")
        {
            found.extend(words.clone().nth(1));
        }
    }
    found.retain(|name| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && !name.contains('@')
            && !name.contains("==")
    });
    found
}

#[test]
fn what_a_reader_is_told_to_install_has_a_version() {
    let text = "cargo install a --locked, `cargo install b@1`, \
                pip install c==1 (pip install d)";
    assert_eq!(installs_any(text), ["a", "d"]);
    for ending in [".md", ".rs", ".sh", ".toml", ".yml"] {
        for (file, text) in files(ending) {
            if !file.ends_with("tidy.rs") {
                assert_eq!(installs_any(&text), [""; 0], "{file}");
            }
        }
    }
}

/// The places of a test's source where some platforms leave out a part
/// whose imports stand elsewhere: there they would be unused, which is
/// a warning that this platform does not show. A module or a block has
/// its own.
fn parts_of_platforms(source: &str) -> Vec<usize> {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let platforms = ["unix", "windows", "target_"];
    let is_part = |at: &usize| {
        let next = lines[at + 1..].iter();
        let next = next.copied().find(|line| !line.starts_with("#["));
        let begins = |start| next.unwrap_or("").starts_with(start);
        lines[*at].starts_with("#[cfg(")
            && platforms.into_iter().any(|it| lines[*at].contains(it))
            && !["mod ", "pub mod ", "{"].into_iter().any(begins)
    };
    let parts = (0..lines.len()).filter(is_part);
    parts.map(|at| at + 1).collect()
}

#[test]
fn what_tests_one_platform_is_a_module_of_its_own() {
    let mut count = 0;
    for (file, text) in files(".rs") {
        let is_source = ["/src/", "/plugins/"];
        let is_test = file.contains("tests/")
            && !is_source.into_iter().any(|part| file.contains(part));
        if is_test {
            let parts = parts_of_platforms(&text);
            assert!(parts.is_empty(), "{file}: lines {parts:?}");
            count += 1;
        }
    }
    assert!(count > 60, "only {count} files");
    for (source, parts) in [
        ("#[cfg(unix)]\nmod unix;\n", vec![]),
        ("#[cfg(unix)]\n{\n    use a::b;\n}\n", vec![]),
        ("#[cfg(unix)]\nuse a::b;\n", vec![1]),
        ("use a::b;\n#[cfg(unix)]\n#[test]\nfn c() {}\n", vec![2]),
        ("#[test]\n#[cfg(unix)]\nfn c() {}\n", vec![2]),
    ] {
        assert_eq!(parts_of_platforms(source), parts, "{source}");
    }
}

/// The extension of a library is the platform's, never ours.
#[test]
fn no_example_names_the_extension_of_a_platform() {
    let examples = files(".rs")
        .into_iter()
        .filter(|f| f.0.starts_with("examples"));
    for (file, text) in examples {
        for (number, line) in (1..).zip(text.lines()) {
            let code = line.split("//").next().unwrap_or_default();
            for extension in [".so", ".dylib", ".dll"] {
                assert!(
                    !code.contains(&format!("{extension}\"")),
                    "{file}:{number}: names {extension}"
                );
            }
        }
    }
}

#[test]
fn what_the_book_is_built_with_is_pinned() {
    for (lock, pin) in [
        ("book/builder", "name = \"mdbook\"\nversion = \"0.4.52\""),
        (
            "book/builder",
            "name = \"mdbook-cmdrun\"\nversion = \"0.7.3\"",
        ),
        ("", "name = \"libloading\"\nversion = \"0.9."),
    ] {
        let lock = root().join(lock).join("Cargo.lock");
        let text = fs::read_to_string(&lock).expect("it is committed");
        assert!(text.contains(pin), "{}: not {pin}", lock.display());
    }
}

/// The book takes the drawings into its pages; Markdown would end one
/// at the first empty line.
#[test]
fn no_drawing_has_an_empty_line_and_each_has_a_title() {
    for (file, text) in files(".svg") {
        let empty = text.lines().any(|line| line.trim().is_empty());
        assert!(!empty, "{file}: has an empty line");
        assert!(text.contains("<title"), "{file}: has no <title>");
    }
}

/// The last heading of a page of the book, if it has one.
fn last_heading(page: &str) -> Option<&str> {
    page.lines().rev().find_map(|line| line.strip_prefix("## "))
}

/// A reader should leave each page with something to do.
#[test]
fn every_page_of_the_book_ends_with_what_to_try() {
    // The first two are all to do, the others to look things up in.
    let others = [
        "your-turn",
        "your-turn-repository",
        "SUMMARY",
        "glossary",
        "sources",
    ];
    let mut count = 0;
    for (file, text) in files(".md") {
        let page = file.strip_prefix("book/src/");
        let page = page.and_then(|page| page.strip_suffix(".md"));
        let Some(page) = page else { continue };
        if !others.contains(&page) {
            let last = last_heading(&text);
            let tries = ["Try it", "What to try"].map(Some);
            assert!(
                tries.contains(&last),
                "{file}: ends with {last:?}"
            );
            count += 1;
        }
    }
    assert!(count > 30, "only {count} pages");
    assert_eq!(last_heading("## Try it\n\n## More\n"), Some("More"));
}
