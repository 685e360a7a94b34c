//! What `nutshell-build` promises, tried from outside: as a build script
//! that is started by hand (`script.rs`), and by Cargo (`crates.rs`).

mod compilers;
mod crates;
mod errors;
mod script;
mod source;
