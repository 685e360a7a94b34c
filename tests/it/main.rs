//! What the deck, the book and the README promise, as tests.
//!
//! The examples and gotchas are tested on every platform:
//! `cargo test --test it -- example gotchas`. The rest needs `make`,
//! `sh` and `git`.

mod example1;
mod example2;
#[cfg(unix)]
mod fences;
mod gotchas;
mod refusals;
mod support;
#[cfg(unix)]
mod talk;
#[cfg(unix)]
mod tidy;
mod two_calls;
