fn main() {
    nutshell_build::describe("src");
}
