//! Finds out which compiler really runs. A wrapper may substitute
//! another one, so this runs it as Cargo does: `RUSTC_WRAPPER RUSTC …`.
//!
//! For members of the workspace, Cargo puts `RUSTC_WORKSPACE_WRAPPER`
//! between the two, and a build script cannot learn whether its crate
//! is such a member. That does no harm if the compiler is the same with
//! and without this wrapper, as it is for Clippy; otherwise the build
//! fails.

use crate::{Result, unset};
use std::ffi::{OsStr, OsString};
use std::process::Command;

pub struct Compiler {
    wrapper: Option<OsString>,
    workspace_wrapper: Option<OsString>,
    rustc: OsString,
}

impl Compiler {
    pub fn of_this_build() -> Result<Self> {
        let variable = |name| {
            // An empty value turns a configured wrapper off.
            std::env::var_os(name).filter(|value| !value.is_empty())
        };
        Ok(Self {
            wrapper: variable("RUSTC_WRAPPER"),
            workspace_wrapper: variable("RUSTC_WORKSPACE_WRAPPER"),
            rustc: variable("RUSTC").ok_or_else(|| unset("RUSTC"))?,
        })
    }

    /// What the compiler prints for these arguments.
    pub fn ask(&self, arguments: &[&str]) -> Result<String> {
        run([&self.wrapper, &None], &self.rustc, arguments)
    }

    /// One line that distinguishes this compiler from any other.
    pub fn identity(&self) -> Result<String> {
        let answer = identity(&self.ask(&["-vV"])?);
        if let Some(workspace_wrapper) = &self.workspace_wrapper {
            let wrappers = [&self.wrapper, &self.workspace_wrapper];
            let other =
                identity(&run(wrappers, &self.rustc, &["-vV"])?);
            if other != answer {
                return Err(format!(
                    "RUSTC_WORKSPACE_WRAPPER={}: it exchanges {answer} \
                     for {other}, but only in members of the workspace, \
                     so nobody knows which one compiles a plugin; set \
                     RUSTC or RUSTC_WRAPPER instead",
                    workspace_wrapper.display()
                ));
            }
        }
        Ok(answer)
    }
}

fn run(
    wrappers: [&Option<OsString>; 2],
    rustc: &OsString,
    arguments: &[&str],
) -> Result<String> {
    let mut words: Vec<&OsStr> =
        wrappers.into_iter().flatten().map(|it| it.as_ref()).collect();
    words.push(rustc);
    words.extend(arguments.iter().map(OsStr::new));
    let failed = |what: &str| {
        let call = words.join(OsStr::new(" "));
        let [program, call] = [words[0], &call].map(OsStr::display);
        format!("{program}: {what}; `{call}` must work for a build")
    };
    let output = Command::new(words[0]).args(&words[1..]).output();
    let output = output
        .map_err(|error| failed(&format!("cannot be run: {error}")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().next().unwrap_or_default();
        return Err(failed(&format!("{}: {said}", output.status)));
    }
    String::from_utf8(output.stdout)
        .map_err(|_| failed("its answer is not UTF-8"))
}

/// The lines of `rustc -vV`, without the `host:` line, because a plugin
/// may be cross-built, and without `binary:`, which says nothing more.
fn identity(answer: &str) -> String {
    let lines = answer.lines().map(str::trim).filter(|line| {
        !(line.is_empty()
            || line.starts_with("host:")
            || line.starts_with("binary:"))
    });
    lines.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::identity;

    #[test]
    fn the_host_does_not_count_and_the_vendor_does() {
        let answer = "rustc 1.95.0 (59807616e 2026-04-14) (built from a \
                      source tarball)\nbinary: rustc\ncommit-hash: 5980\n\
                      commit-date: 2026-04-14\nhost: x86_64-unknown\n\
                      release: 1.95.0\nLLVM version: 22.1.2\n";
        assert_eq!(
            identity(answer),
            "rustc 1.95.0 (59807616e 2026-04-14) (built from a source \
             tarball); commit-hash: 5980; commit-date: 2026-04-14; \
             release: 1.95.0; LLVM version: 22.1.2"
        );
    }

    #[test]
    fn line_ends_of_another_system_do_not_count() {
        assert_eq!(identity("a\r\nb\r\n"), identity("a\nb\n"));
    }
}
