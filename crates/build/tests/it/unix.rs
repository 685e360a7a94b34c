//! What needs a shell, links or pipes.

mod compilers;
mod crates;
mod errors;
mod shell;
mod source;
