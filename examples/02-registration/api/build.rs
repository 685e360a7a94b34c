//! Measures what this build of the interface is made of.

// ANCHOR: main
fn main() {
    nutshell_build::describe("src");
}
// ANCHOR_END: main
