//! What needs a shell, links, pipes or modes of files.

use std::fs;
use std::process::Command;

use crate::support::{Ended, finish, root, target};

mod commands;
mod example1;
mod example3;
mod in_c;
mod inspect;
mod limits;
mod loading;
mod new_plugin;
mod refusals;

/// Runs a command of bash in the repository, one at a time: `make`
/// installs the plugins into one folder. (The lock goes with its file,
/// at the end.)
pub fn sh(command: &str) -> Ended {
    let lock = target().join("make.lock");
    let lock = fs::File::create(lock).expect("a new file");
    lock.lock().expect("a lock");
    finish(
        Command::new("bash").current_dir(root()).args(["-c", command]),
    )
}
