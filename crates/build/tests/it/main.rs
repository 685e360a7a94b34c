//! What `nutshell-build` promises, tried from outside: as a build script
//! that is started by hand (`script.rs`), and by Cargo (`crates.rs`).

mod compilers;
mod crates;
mod errors;
#[cfg(target_os = "linux")]
mod linux;
mod script;
mod source;
#[cfg(unix)]
mod unix;
#[cfg(target_arch = "x86_64")]
mod x86_64;
