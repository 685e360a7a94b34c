//! What the deck, the book and the README promise, as tests.
//!
//! The examples are tested on every platform:
//! `cargo test --test it -- example gotchas loading refusals go_suite`.
//! The rest needs `make`, `bash` and the browser's pages.

mod example1;
mod example2;
#[cfg(unix)]
mod fences;
mod go_suite;
mod gotchas;
mod in_c;
mod loading;
mod refusals;
mod support;
#[cfg(unix)]
mod talk;
#[cfg(unix)]
mod tidy;
mod two_calls;
