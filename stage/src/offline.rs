//! Runs commands as on a stage where there is no network.
//!
//! A demo runs in a network namespace of its own where the system lets
//! us make one: then there is nothing to reach. Elsewhere, and for the
//! builds, which talk to their browser, cargo and npm are told to stay
//! offline and everything else meets a proxy that refuses.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use preflight::{Ended, script};

/// How the builds are kept from the network.
pub const REFUSING: &str = "with every proxy refusing";

/// Nothing listens on port 9.
const NOWHERE: &str = "http://127.0.0.1:9";
const ENVIRONMENT: &[(&str, &str)] = &[
    ("CARGO_NET_OFFLINE", "true"),
    ("npm_config_offline", "true"),
    ("ALL_PROXY", NOWHERE),
    ("HTTP_PROXY", NOWHERE),
    ("HTTPS_PROXY", NOWHERE),
    ("http_proxy", NOWHERE),
    ("https_proxy", NOWHERE),
];
/// What make and `cargo run` leave for us; a terminal has none of it.
const OURS: &[&str] = &[
    "MAKEFLAGS",
    "MAKELEVEL",
    "MFLAGS",
    "LD_LIBRARY_PATH",
    "DYLD_FALLBACK_LIBRARY_PATH",
];

/// The shell that the demos are typed into.
pub struct Shell {
    /// How it is kept from the network.
    pub how: &'static str,
    words: &'static [&'static str],
    folder: PathBuf,
}

impl Shell {
    pub fn new(folder: &Path) -> Self {
        let folder = folder.to_owned();
        let apart = Self {
            how: "in a network namespace with nothing in it",
            words: &["unshare", "--map-current-user", "--net", "bash"],
            folder: folder.clone(),
        };
        match apart.run("true").code {
            Some(0) => apart,
            _ => Self { how: REFUSING, words: &["bash"], folder },
        }
    }

    /// Runs a command to its end, with nothing to read.
    pub fn run(&self, command: &str) -> Ended {
        let mut shell = Command::new(self.words[0]);
        for name in OURS {
            shell.env_remove(name);
        }
        let output = shell
            .args(&self.words[1..])
            .args(["-c", &script(command)])
            .current_dir(&self.folder)
            .envs(ENVIRONMENT.iter().copied())
            .stdin(Stdio::null())
            .output();
        match output {
            Ok(output) => Ended {
                code: output.status.code(),
                output: String::from_utf8_lossy(&output.stdout).into(),
            },
            Err(error) => {
                let program = self.words[0];
                let output = format!("{program}: {error}\n");
                Ended { code: None, output }
            }
        }
    }
}

/// Runs a build in the folder, with every proxy refusing.
pub fn build(folder: &Path, command: &str) -> Ended {
    let shell = Shell {
        how: REFUSING,
        words: &["bash"],
        folder: folder.to_owned(),
    };
    shell.run(command)
}
