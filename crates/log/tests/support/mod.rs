//! A host that records, and a process for each test: what a test
//! installs stays installed until its process ends.

use std::any::type_name;
use std::env;
use std::process::Command;
use std::sync::Mutex;

use nutshell_plugin::{Level, Log, Logger};

/// The log of a host, which keeps some levels and writes down what it
/// is given.
pub struct Host {
    kept: Mutex<&'static [Level]>,
    lines: Mutex<Vec<(Level, String)>>,
}

impl Host {
    /// From here on it keeps these levels only.
    pub fn keep(&self, levels: &'static [Level]) {
        *self.kept.lock().unwrap() = levels;
    }

    pub fn logger(&'static self) -> Logger {
        Logger::new(self)
    }

    /// What it was given since it was last asked, call by call.
    pub fn lines(&self) -> Vec<(Level, String)> {
        std::mem::take(&mut *self.lines.lock().unwrap())
    }

    /// The same, without the levels.
    pub fn texts(&self) -> Vec<String> {
        self.lines().into_iter().map(|(_, text)| text).collect()
    }
}

impl Log for Host {
    fn enabled(&self, level: Level) -> bool {
        self.kept.lock().unwrap().contains(&level)
    }

    fn log(&self, level: Level, message: &str) {
        self.lines.lock().unwrap().push((level, message.to_owned()));
    }
}

pub const ALL: &[Level] = &[
    Level::Error,
    Level::Warn,
    Level::Info,
    Level::Debug,
    Level::Trace,
];

/// Runs the test that calls this in a process of its own, with a host
/// that keeps all levels.
pub fn alone<Test: FnOnce(&'static Host)>(test: Test) {
    // The closure is called `binary::test::{{closure}}`.
    let name = type_name::<Test>().split("::").nth(1).unwrap();
    if env::var_os("ALONE").is_some() {
        let (kept, lines) = (Mutex::new(ALL), Mutex::default());
        return test(Box::leak(Box::new(Host { kept, lines })));
    }
    let mut run = Command::new(env::current_exe().unwrap());
    run.args(["--exact", name, "--nocapture"]).env("ALONE", "1");
    let output = run.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let passed = output.status.success() && text.contains("1 passed");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(passed, "{}\n{text}{errors}", output.status);
}

/// A value that nobody may format.
pub struct Bomb;

impl std::fmt::Display for Bomb {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        panic!("formatted")
    }
}
