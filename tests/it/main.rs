//! What the deck, the book and the README promise, as tests.
//!
//! The examples are tested on every platform:
//! `cargo test --test it -- commands example facts go_ gotchas inspect
//! loading locks needs new_plugin one_file refusals`. The rest needs
//! `make`, `bash` and the browser's pages.

mod alone;
mod async_examples;
#[cfg(target_os = "linux")]
mod authors;
#[cfg(unix)]
mod chapters;
mod commands;
#[cfg(target_os = "linux")]
mod context;
#[cfg(target_os = "linux")]
mod dockerfiles;
mod example1;
mod example2;
mod example3;
#[cfg(target_arch = "x86_64")]
mod facts;
#[cfg(unix)]
mod fences;
mod go_chapter;
mod go_suite;
mod gotchas;
mod host;
#[cfg(target_os = "linux")]
mod images;
mod in_c;
mod inspect;
#[cfg(unix)]
mod installing;
#[cfg(unix)]
mod links;
#[cfg(target_os = "linux")]
mod linux;
mod loading;
mod locks;
#[cfg(target_os = "linux")]
mod needs;
mod new_plugin;
#[cfg(target_os = "linux")]
mod one_file;
mod refusals;
#[cfg(unix)]
mod seed;
#[cfg(unix)]
mod session;
#[cfg(unix)]
mod sessions;
#[cfg(unix)]
mod settings;
mod support;
#[cfg(unix)]
mod talk;
#[cfg(unix)]
mod tidy;
mod two_calls;
#[cfg(unix)]
mod unix;
mod workspace;
