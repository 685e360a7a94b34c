//! What the deck, the book and the README promise, as tests.
//!
//! `example1` and `example2` run on every platform:
//! `cargo test --test it example`. The rest needs `make` and `sh`.

mod example1;
mod example2;
mod support;
#[cfg(unix)]
mod talk;
