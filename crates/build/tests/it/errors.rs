//! An error ends the build with a sentence: the file, what is wrong,
//! what to do.

use crate::script::Crate;

fn error(files: &[(&str, &str)]) -> String {
    Crate::new(files).error()
}

#[test]
fn a_file_that_is_not_utf_8() {
    let it = Crate::new(&[("src/lib.rs", "mod deep;")]);
    it.write("src/deep/x.rs", b"// a\xff\n");
    assert_eq!(
        it.error(),
        "src/deep/x.rs: is not UTF-8; save it as UTF-8"
    );
}

#[test]
fn a_file_that_is_not_rust() {
    assert_eq!(
        error(&[("src/lib.rs", ""), ("src/deep/x.rs", "fn a( {")]),
        "src/deep/x.rs: is not Rust, a quote or a bracket has no \
         partner; `rustfmt --check src/deep/x.rs` shows the line"
    );
}

#[test]
fn a_file_outside_that_is_not_rust() {
    let lib = ("src/lib.rs", "#[path = \"../o.rs\"] mod o;");
    let error = error(&[lib, ("o.rs", "\"")]);
    assert!(error.starts_with("src/../o.rs: is not Rust"), "{error}");
}

#[test]
fn a_folder_that_is_not_there() {
    let error = error(&[("lib.rs", "")]);
    assert!(error.starts_with("src: cannot be read: "), "{error}");
    assert!(
        error
            .ends_with("; name the folder with the interface's source"),
        "{error}"
    );
}

#[test]
fn a_folder_without_source() {
    assert_eq!(
        error(&[("src/lib.c", ""), ("src/.lib.rs", "")]),
        "src: there is no .rs file in it; name the folder with the \
         interface's source"
    );
}

#[test]
fn a_build_script_that_cargo_does_not_run() {
    let it = Crate::new(&[("src/lib.rs", "")]);
    let output = it.command().env_remove("RUSTC").output().unwrap();
    assert_eq!(
        crate::script::error(&output),
        "RUSTC: not set; call nutshell_build::describe from a build \
         script that Cargo runs"
    );
}

#[test]
fn a_compiler_that_cannot_be_run() {
    let it = Crate::new(&[("src/lib.rs", "")]);
    let error = it.variable("RUSTC", "no-such-rustc").error();
    assert!(
        error.starts_with("no-such-rustc: cannot be run: "),
        "{error}"
    );
    assert!(
        error.ends_with("; `no-such-rustc -vV` must work for a build"),
        "{error}"
    );
}
