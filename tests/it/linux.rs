//! What needs Linux: its files, its C library, its loader.

mod commands;
mod example1;
mod facts;
mod go_suite;
mod gotchas;
#[cfg(target_env = "gnu")]
mod gotchas_gnu;
#[cfg(target_env = "gnu")]
mod kettle;
mod loading;
#[cfg(all(target_arch = "x86_64", target_env = "gnu"))]
mod recorded;
mod refusals;
#[cfg(target_arch = "x86_64")]
mod x86_64;
