//! What the hash of the source counts and what it does not.

use crate::script::Crate;

const LIB: &str =
    "pub mod deep;\npub trait Command {\n    fn run(&self);\n}\n";
const DEEP: &str = "pub mod x;\npub const ANSWER: u8 = 42;\n";
const X: &str = "pub fn x<'a>(a: &'a str) -> bool { a >= \"b\" }\n";

fn interface() -> Crate {
    Crate::new(&[
        ("src/lib.rs", LIB),
        ("src/deep/mod.rs", DEEP),
        ("src/deep/x.rs", X),
    ])
}

/// Whether a change to the interface changes the hash.
pub fn changes(change: impl Fn(&Crate)) -> bool {
    let (before, after) = (interface(), interface());
    change(&after);
    before.hash() != after.hash()
}

#[test]
fn the_hash_has_16_digits_and_does_not_depend_on_the_place() {
    let hash = interface().hash();
    assert_eq!(hash.len(), 16);
    assert!(hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
    assert_eq!(hash, interface().hash());
    let elsewhere = Crate::new(&[
        ("other/deep/x.rs", X),
        ("other/deep/mod.rs", DEEP),
        ("other/lib.rs", LIB),
    ]);
    assert_eq!(hash, elsewhere.source("other").hash());
}

#[test]
fn comments_do_not_count() {
    let text = format!("// one\n{LIB}/* two */\n");
    assert!(!changes(|it| it.write("src/lib.rs", &text)));
}

#[test]
fn documentation_does_not_count() {
    let text = format!(
        "//! Top.\n#![doc = \"more\"]\n/// Deep.\n#[doc(hidden)]\n\
         #[doc = include_str!(\"../README.md\")]\n{LIB}"
    );
    assert!(!changes(|it| {
        it.write("src/lib.rs", &text);
        it.write("README.md", "anything");
    }));
}

#[test]
fn line_ends_do_not_count() {
    let text = LIB.replace('\n', "\r\n");
    assert!(!changes(|it| it.write("src/lib.rs", &text)));
}

#[test]
fn white_space_does_not_count() {
    let text = X.replace(' ', "\n\t ").replace(">=", "  >=  ");
    assert!(!changes(|it| it.write("src/deep/x.rs", &text)));
}

#[test]
fn a_byte_order_mark_does_not_count() {
    let text = format!("\u{feff}{LIB}");
    assert!(!changes(|it| it.write("src/lib.rs", &text)));
}

#[test]
fn hidden_files_and_folders_do_not_count() {
    assert!(!changes(|it| {
        it.write("src/.#lib.rs", "not ( Rust");
        it.write("src/.backup/lib.rs", "fn more() {}");
    }));
}

#[test]
fn what_does_not_end_in_rs_does_not_count() {
    assert!(!changes(|it| {
        it.write("src/lib.rs~", "fn more() {}");
        it.write("src/lib.rs.orig", "fn more() {}");
        it.write("src/deep/default_1.profraw", b"\xff\0");
        it.write("src/notes", "");
        it.write("src/empty/.keep", "");
    }));
}

#[test]
fn each_token_counts() {
    for (from, to) in [
        ("42", "43"),
        ("u8", "u16"),
        ("ANSWER", "ANSWERS"),
        ("pub const", "const"),
        ("42;", "42; ;"),
        ("pub const", "#[cold] pub const"),
    ] {
        let text = DEEP.replace(from, to);
        assert_ne!(text, DEEP);
        assert!(
            changes(|it| it.write("src/deep/mod.rs", &text)),
            "{to}"
        );
    }
}

#[test]
fn the_order_of_tokens_counts() {
    assert!(changes(|it| {
        it.write("src/deep/x.rs", X.replace("&'a str", "str &'a"));
    }));
}

#[test]
fn text_in_literals_counts() {
    for text in ["\"b \"", "\"//b\"", "r\"b\""] {
        let text = X.replace("\"b\"", text);
        assert!(changes(|it| it.write("src/deep/x.rs", &text)));
    }
}

#[test]
fn a_renamed_or_moved_file_counts() {
    for to in ["src/deep/y.rs", "src/x.rs"] {
        assert!(changes(|it| {
            std::fs::rename(it.path("src/deep/x.rs"), it.path(to))
                .unwrap();
        }));
    }
}

#[test]
fn a_new_file_in_a_folder_inside_counts() {
    assert!(changes(|it| it.write("src/deep/er/new.rs", "")));
}

#[test]
fn what_moves_from_one_file_to_the_next_counts() {
    let one = [("src/a.rs", "fn a() {} fn b() {}"), ("src/b.rs", "")];
    let two = [("src/a.rs", "fn a() {}"), ("src/b.rs", "fn b() {}")];
    assert_ne!(Crate::new(&one).hash(), Crate::new(&two).hash());
}

/// An interface of which a part is outside its folder.
fn with_outside(lib: &str, path: &str, content: &str) -> Crate {
    Crate::new(&[("src/lib.rs", lib), (path, content)])
}

#[test]
fn a_module_outside_the_folder_counts_by_its_tokens() {
    let lib = "#[path = \"../shared/m.rs\"] mod m;";
    let of = |text| with_outside(lib, "shared/m.rs", text).hash();
    assert_ne!(of("fn a() {}"), of("fn b() {}"));
    assert_eq!(of("fn a() {}"), of("/// A.\nfn  a() {}"));
}

#[test]
fn what_is_outside_is_followed_further() {
    let of = |text| {
        Crate::new(&[
            ("src/lib.rs", "#[path = \"../shared/m.rs\"] mod m;"),
            ("shared/m.rs", "mod n; include!(\"o.in\");"),
            ("shared/n.rs", "mod p;"),
            ("shared/n/p/mod.rs", "mod q { mod r; }"),
            ("shared/n/p/q/r.rs", text),
            (
                "shared/o.in",
                "const O: &[u8] = include_bytes!(\"m.rs\");",
            ),
        ])
        .hash()
    };
    assert_ne!(of("fn a() {}"), of("fn b() {}"));
    assert_eq!(of("fn a() {}"), of("// A.\nfn a() {}"));
}

#[test]
fn an_included_file_counts_by_its_tokens() {
    let lib = "mod inline { include!(\"../table.in\"); }";
    let of = |text| with_outside(lib, "table.in", text).hash();
    assert_ne!(of("[1, 2]"), of("[1, 3]"));
    assert_eq!(of("[1, 2]"), of("[1, /* two */ 2]"));
}

#[test]
fn included_data_counts_by_its_bytes() {
    for call in ["include_str", "include_bytes"] {
        let lib = format!("const A: &[u8] = {call}!(\"../a.txt\");");
        let of = |text| with_outside(&lib, "a.txt", text).hash();
        assert_ne!(of("a"), of("a "));
        assert_ne!(of("// a\n"), of("// a\r\n"));
        assert_eq!(of("a"), of("a"));
    }
}

#[test]
fn files_that_name_each_other_are_read_once() {
    let it = Crate::new(&[
        ("src/lib.rs", "include!(\"../a.in\"); include!(\"../a.in\");"),
        ("a.in", "include!(\"b.in\");"),
        ("b.in", "include!(\"./a.in\"); include!(\"src/lib.rs\");"),
    ]);
    assert_eq!(it.hash().len(), 16);
}

#[test]
fn a_file_that_is_not_there_is_left_to_the_compiler() {
    let lib =
        "#[cfg(any())] mod no; #[cfg(any())] include!(\"no.in\");";
    let it = Crate::new(&[("src/lib.rs", lib)]);
    assert_eq!(it.hash().len(), 16);
}

#[test]
fn cargo_watches_the_folder_and_what_is_outside() {
    let it = Crate::new(&[
        (
            "src/lib.rs",
            "include!(\"../a.in\"); include!(\"b.in\"); mod no;",
        ),
        ("a.in", "include!(\"later.in\");"),
        ("src/b.in", ""),
    ]);
    let mut told = it.told();
    told.retain(|line| line.contains("rerun"));
    let watched =
        told.join("\n").replace("cargo::rerun-if-changed=", "");
    let watched = watched.replace('\\', "/");
    assert_eq!(watched, "src\nsrc/../a.in\nsrc/../later.in");
}

#[test]
fn one_file_stands_for_its_module_tree() {
    let of =
        |text| {
            let files = [
                ("src/api.rs", "mod a;"),
                ("src/a.rs", text),
                ("src/other.rs", "not ( Rust"),
            ];
            let it = Crate::new(&files).source("src/api.rs");
            assert!(it.told().contains(
                &"cargo::rerun-if-changed=src/a.rs".to_string()
            ));
            it.hash()
        };
    assert_ne!(of("fn a() {}"), of("fn b() {}"));
}
