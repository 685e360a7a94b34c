//! Does what a chapter of the book says that is all to do, in its order
//! and in a fresh folder: runs its commands and writes its files.
//!
//! A `shell` fence has commands, each with what it prints; one that
//! fails is followed by `$ echo $?`. Code is included, a file or one of
//! its anchors, below the line ``Write this to `FILE`:`` or
//! ``This is `FILE`:``. Below ``Change `FILE`:`` a `diff` fence has lines
//! to take away, lines to add, and some around them. A `console` fence
//! is run by the book's builder instead. `UPDATE=1 cargo test` rewrites
//! what the commands print.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use preflight::fences::difference;

use crate::fences::{compare, region, replay};
use crate::support::{finish, folder, root, write};

/// The chapters that a test does.
pub const CHAPTERS: [&[&str]; 3] = [
    &[
        "book/src/your-own.md",
        "book/src/your-own-host.md",
        "book/src/your-own-test.md",
        "book/src/your-own-methods.md",
        "book/src/your-own-copy.md",
    ],
    &["book/src/your-turn.md", "book/src/your-turn-repository.md"],
    &["book/src/how.md"],
];

/// The folder of the clone, as Git names it.
pub const CLONE: &str = "rust-plugins-in-a-nutshell";

/// A person with a shell and an editor.
pub struct Reader {
    /// All that the reader does happens in here.
    home: PathBuf,
    /// Where the shell is.
    pub folder: PathBuf,
    /// What the shell has in `$?`.
    pub code: i32,
    /// Variables of the shell, beside those of whoever runs the tests.
    variables: Vec<(&'static str, OsString)>,
    /// Cargo's home outside of the clone, if it is another there.
    pub cargo_outside: Option<PathBuf>,
    /// Removes the home in the end, unless it is kept.
    _temporary: Option<tempfile::TempDir>,
}

impl Reader {
    /// One whose shell is in an empty folder.
    pub fn new() -> Self {
        let temporary = folder();
        let mut reader = Self::at_home(temporary.path());
        reader._temporary = Some(temporary);
        reader
    }

    /// One whose shell is in this folder.
    fn at_home(home: &Path) -> Self {
        let (home, folder) = (home.to_owned(), home.to_owned());
        let (code, variables) = (0, Vec::new());
        Self {
            home,
            folder,
            code,
            variables,
            cargo_outside: None,
            _temporary: None,
        }
    }

    /// One whose shell is beside a clone, which is this repository
    /// itself. No other process is there until the file is dropped.
    ///
    /// The place and what was compiled there stay, so that the next run
    /// compiles only what the reader writes. Nothing is downloaded.
    pub fn beside_the_clone(name: &str) -> (Self, File) {
        let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&kept).expect("a folder");
        let lock = File::create(kept.join("lock")).expect("a file");
        lock.lock().expect("a lock");

        let home = kept.join("home");
        match fs::remove_dir_all(&home) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            removed => removed.expect("it can be removed"),
        }
        fs::create_dir(&home).expect("a new folder");
        symlink(root(), home.join(CLONE)).expect("a new link");

        let mut reader = Self::at_home(&home);
        reader.set("CARGO_BUILD_BUILD_DIR", kept.join("build"));
        reader.set("CARGO_HOME", cargo_home());
        reader.set("CARGO_NET_OFFLINE", "true");
        (reader, lock)
    }

    /// One who has a compiler and no clone, in an empty folder. Nothing
    /// is downloaded.
    pub fn without_a_clone() -> Self {
        let mut reader = Self::new();
        reader.set("CARGO_HOME", cargo_home());
        reader.set("CARGO_NET_OFFLINE", "true");
        // Where no other is installed, there is no default.
        if let Some(name) = env::var_os("RUSTUP_TOOLCHAIN") {
            reader.set("RUSTUP_TOOLCHAIN", name);
        }
        reader
    }

    /// Sets a variable of the shell.
    pub fn set(
        &mut self,
        name: &'static str,
        value: impl Into<OsString>,
    ) {
        self.variables.push((name, value.into()));
    }

    /// Runs a command in the shell: what the terminal shows of it.
    pub fn run(&mut self, command: &str) -> String {
        let left = self.home.join("pwd");
        let script = format!(
            "exec 2>&1\ntrap 'pwd >{left:?}' EXIT\n\
             (exit {})\n{command}",
            self.code
        );
        let mut bash = Command::new("bash");
        bash.current_dir(&self.folder)
            .args(["-c", &script])
            // Set by make and by rustup for this repository, and not
            // for the reader's.
            .env_remove("CARGO_BUILD_TARGET")
            .env_remove("CARGO_TARGET_DIR")
            .env_remove("RUSTUP_TOOLCHAIN");
        if env::var_os("CARGO_BUILD_TARGET").is_some() {
            // A configuration of this machine names a target, and the
            // reader's has none; see the Makefile.
            let mut path = root().join("stage/bin:").into_os_string();
            path.push(env::var_os("PATH").unwrap_or_default());
            bash.env("PATH", path);
        }
        bash.envs(self.variables.iter().cloned());
        if !self.folder.ends_with(CLONE) {
            let home = self.cargo_outside.iter();
            bash.envs(home.map(|home| ("CARGO_HOME", home)));
        }
        no_settings_of_git(&mut bash, &self.home);
        let ended = finish(&mut bash);
        self.code = ended.code.expect("it ends by itself");
        let folder = fs::read_to_string(left).expect("it was left");
        self.folder = folder.trim_end().into();
        ended.out
    }

    /// Does the pages of a chapter, one after another. Returns whether
    /// they are true; if one is not, and `UPDATE` is set, it has just
    /// been rewritten.
    ///
    /// # Panics
    /// If one is not true, and `UPDATE` is not set.
    pub fn does(&mut self, chapter: &[&str]) -> bool {
        let page = |page: &&str| {
            fs::read_to_string(root().join(page)).expect("a page")
        };
        let pages = chapter.iter().map(page).collect::<String>();
        let commands = pages.matches("\n$ ").count();
        let least = if chapter.len() > 1 { 20 } else { 8 };
        assert!(commands > least, "only {commands} commands");
        chapter.iter().all(|page| self.does_page(page))
    }

    fn does_page(&mut self, chapter: &str) -> bool {
        let path = root().join(chapter);
        let page = fs::read_to_string(&path).expect("the chapter");
        let (fresh, mistakes) =
            compare(chapter, &page, &mut |above, info, shown| {
                self.follow(above, info, shown)
            });
        if env::var_os("UPDATE").is_some() && fresh != page {
            write(path, &fresh);
            return false;
        }
        assert!(mistakes.is_empty(), "\n{}", mistakes.join("\n"));
        assert!(page.matches("\n$ ").count() > 3, "it has commands");
        true
    }

    /// What a fence should hold, or what is wrong with it.
    pub fn follow(
        &mut self,
        above: &str,
        info: &str,
        shown: &str,
    ) -> Result<String, String> {
        match info {
            "shell" => self.enter(shown),
            "console" => Ok(shown.to_owned()),
            "rust" | "toml" => {
                let line = above.lines().rev().nth(2);
                self.edit(line.unwrap_or_default(), shown)?;
                Ok(shown.to_owned())
            }
            "diff" => {
                let line = above.lines().rev().nth(2);
                self.change(line.unwrap_or_default(), shown)?;
                Ok(shown.to_owned())
            }
            _ => Err(format!("{info:?}: nobody vouches for this")),
        }
    }

    /// Enters the commands of a session.
    fn enter(&mut self, shown: &str) -> Result<String, String> {
        let mut failed = None;
        let fresh = replay(shown, &mut |command| {
            if self.code != 0 && command != "echo $?" {
                failed = failed.or(Some(self.code));
            }
            self.run(command)
        });
        if self.code != 0 {
            failed = failed.or(Some(self.code));
        }
        if let Some(code) = failed {
            self.code = 0;
            return Err(format!(
                "ends with {code}, and no `$ echo $?` says so\n{fresh}"
            ));
        }
        // Seconds and threads have other numbers every time.
        let is_the_same = steady(shown) == steady(&fresh);
        Ok(if is_the_same { shown.to_owned() } else { fresh })
    }

    /// The verb of a line such as ``Change `FILE`:``, and the file.
    fn named(line: &str) -> Result<(&str, &str), String> {
        line.strip_suffix("`:")
            .and_then(|line| line.split_once(" `"))
            .ok_or("the line above names no file".to_owned())
    }

    /// Changes the file that a line names, by lines that begin with `-`
    /// or `+`, or with a space if they stay.
    fn change(&self, line: &str, shown: &str) -> Result<(), String> {
        let ("Change", name) = Self::named(line)? else {
            return Err("`Change` it?".to_owned());
        };
        let side = |sign: char| -> String {
            let lines = shown.lines().filter_map(|line| {
                line.strip_prefix([sign, ' '])
                    .or(line.is_empty().then_some(""))
            });
            lines.map(|line| format!("{line}\n")).collect()
        };
        let (old, new) = (side('-'), side('+'));
        let path = self.folder.join(name);
        let text = fs::read_to_string(&path)
            .map_err(|error| format!("{name}: {error}"))?;
        if text.matches(&old).count() != 1 {
            return Err(format!("{name} has these lines not once"));
        }
        write(path, &text.replace(&old, &new));
        Ok(())
    }

    /// Writes the file that a line names, or looks whether it is so.
    fn edit(&self, line: &str, shown: &str) -> Result<(), String> {
        let source = shown
            .strip_prefix("{{#include ")
            .and_then(|rest| rest.strip_suffix("}}\n"))
            .ok_or("typed by hand; write {{#include FILE}}")?;
        let (file, anchor) =
            source.split_once(':').unwrap_or((source, "*"));
        let text = region(
            &root().join("book/src"),
            &format!("{file}#{anchor}"),
        )?;
        let (verb, name) = Self::named(line)?;
        let path = self.folder.join(name);
        match verb {
            "Write this to" => {
                write(path, &text);
                Ok(())
            }
            "This is" => {
                let there = fs::read_to_string(path)
                    .map_err(|error| format!("{name}: {error}"))?;
                (there == text).then_some(()).ok_or_else(|| {
                    let first = difference(&text, &there);
                    format!("{name} is another\n{first}")
                })
            }
            _ => Err("`Write this to` or `This is` it?".to_owned()),
        }
    }
}

/// The home of the Cargo of whoever runs the tests.
fn cargo_home() -> PathBuf {
    match env::var_os("CARGO_HOME") {
        Some(home) => home.into(),
        None => env::home_dir().unwrap_or_default().join(".cargo"),
    }
}

/// A home for cargo with all that is in the user's, but for what came
/// by git: clones of our clone would pile up there.
pub fn make_cargo_home(folder: &Path) -> io::Result<()> {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder)?;
    for entry in fs::read_dir(cargo_home())? {
        let entry = entry?;
        if entry.file_name() != "git" {
            symlink(entry.path(), folder.join(entry.file_name()))?;
        }
    }
    Ok(())
}

pub fn has_git() -> bool {
    Command::new("git").arg("--version").output().is_ok()
}

/// Whoever runs this has settings of git (colours, signed commits, an
/// address for another), and in a hook it has variables. Git must see
/// neither, nor must cargo, which looks into the home of a person.
fn no_settings_of_git(command: &mut Command, home: &Path) {
    let rustup = env::var_os("RUSTUP_HOME").map(PathBuf::from);
    let users = env::home_dir().unwrap_or_default().join(".rustup");
    command.env("RUSTUP_HOME", rustup.unwrap_or(users));
    command.env("HOME", home).env_remove("XDG_CONFIG_HOME");
    for (name, _) in env::vars_os() {
        if name.to_string_lossy().starts_with("GIT_") {
            command.env_remove(name);
        }
    }
    command.env("GIT_CONFIG_NOSYSTEM", "1");
}

/// The text without the numbers that are never the same.
fn steady(text: &str) -> Vec<String> {
    let line = |line: &str| {
        if let Some((result, _)) = line.split_once("; finished in ") {
            return result.to_owned();
        }
        if line.starts_with("thread '")
            && let Some((name, rest)) = line.split_once("' (")
            && let Some((_, rest)) = rest.split_once(") panicked")
        {
            return format!("{name}{rest}");
        }
        line.to_owned()
    };
    text.lines().map(line).collect()
}
