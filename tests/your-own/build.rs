//! Measures what this build of the interface is made of.

fn main() {
    nutshell_build::describe("src");
}
