//! Compiles the C file into this crate.

// ANCHOR: build
fn main() {
    println!("cargo::rerun-if-changed=morse.c");
    cc::Build::new()
        .file("morse.c")
        .flag_if_supported("-std=c99")
        .warnings_into_errors(true)
        .compile("morse_in_c");
}
// ANCHOR_END: build
