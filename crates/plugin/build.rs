//! Types of this crate cross the boundary too, so its source counts.

fn main() {
    nutshell_build::describe("src");
}
