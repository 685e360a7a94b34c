//! What the process has once, and each standard library takes for its
//! own: the environment, and stdin. Each function here is a host that
//! lets a plugin use it freely, and returns the answer that it got.

use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;

use anyhow::{Result, ensure};

use crate::child;
use crate::gotchas::Gotcha;
use crate::guarded::{Verdict, app};
use crate::open;
use crate::variants::built;

const SKIPPED: &str = "skipped: this glibc keeps old lists";

// ANCHOR: setenv
pub fn setenv() -> Result<String> {
    if keeps_old_lists(&glibc()) {
        return Ok(SKIPPED.into());
    }
    let (writer, reader) =
        (open(built("setenv")?)?, open(built("getenv")?)?);
    // SAFETY: the plugins export them with this type.
    let (set_many, read_often) = unsafe {
        (
            writer.get::<fn()>("set_many")?,
            reader.get::<fn()>("read_often")?,
        )
    };
    race(*set_many, *read_often);
    Ok("both are done".into())
}

/// Runs each in a thread, until both have been called often enough.
fn race(set_many: fn(), read_often: fn()) {
    let (writes, reads) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let goes_on =
        || writes.load(Relaxed).min(reads.load(Relaxed)) < 300;
    thread::scope(|scope| {
        scope.spawn(|| {
            while goes_on() {
                read_often();
                reads.fetch_add(1, Relaxed);
            }
        });
        while goes_on() {
            set_many();
            writes.fetch_add(1, Relaxed);
        }
    });
}
// ANCHOR_END: setenv

/// The version of glibc, such as `2.36`, if this program uses glibc.
fn glibc() -> String {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        use std::ffi::{CStr, c_char};
        unsafe extern "C" {
            safe fn gnu_get_libc_version() -> *const c_char;
        }
        // SAFETY: glibc returns a text that it never frees.
        let version = unsafe { CStr::from_ptr(gnu_get_libc_version()) };
        version.to_string_lossy().into_owned()
    }
    #[cfg(not(all(target_os = "linux", target_env = "gnu")))]
    String::new()
}

/// Since 2.41 a longer list of variables is a new one, and the old one
/// is not freed: somebody may still be reading it.
fn keeps_old_lists(glibc: &str) -> bool {
    let mut numbers = glibc.split('.').map(|part| part.parse().ok());
    let version: (Option<u32>, Option<u32>) =
        (numbers.next().flatten(), numbers.next().flatten());
    version >= (Some(2), Some(41))
}

// ANCHOR: stdin
/// Two lines wait on its stdin: `first` and `second`.
pub fn stdin() -> Result<String> {
    let mut ours = String::new();
    io::stdin().read_line(&mut ours)?;
    ensure!(ours == "first\n", "stdin began with {ours:?}");
    let plugin = open(built("stdin")?)?;
    // SAFETY: the plugin exports it with this type.
    let next_line = unsafe {
        plugin.get::<fn(&mut dyn Write) -> bool>("next_line")
    }?;
    let mut theirs = Vec::new();
    ensure!(next_line(&mut theirs), "the plugin cannot read");
    Ok(String::from_utf8(theirs)?)
}
// ANCHOR_END: stdin

pub const GOTCHAS: &[Gotcha] = &[
    Gotcha {
        name: "setenv",
        what: "one plugin sets variables, another reads them",
        right: "both are done",
        undefined: true,
        elsewhere: Some(
            "it was seen with glibc, which frees what others read",
        ),
        unguarded: setenv,
        guarded: setenv_guarded,
        because: "no host can help; a setting can be a word instead",
    },
    Gotcha {
        name: "stdin",
        what: "the line after the one that the host has read",
        right: "second",
        undefined: false,
        elsewhere: None,
        unguarded: stdin,
        guarded: || app(&[built("stdin")?], &["line", "second"]),
        because: "the host reads, and hands over words",
    },
];

/// Once as it should not be, once as it should.
fn setenv_guarded() -> Result<Verdict> {
    if keeps_old_lists(&glibc()) {
        return Ok(Verdict::of(SKIPPED));
    }
    let both = [built("setenv")?, built("getenv")?];
    let race = app(&both, &["race"])?;
    let word = app(&both[..1], &["volume", "11"])?;
    let (race, word) = (race.short, word.full.trim());
    let alone = child::ask(&["setenv", "in one program"], true)?;
    let short = format!("{race}; as a word: {word}");
    let full = format!(
        "in one program: {alone}\nin Example 2, race: {race}\n\
         in Example 2, volume 11: {word}\n"
    );
    Ok(Verdict { short, full })
}

/// The same functions, with one standard library for both.
pub fn setenv_in_one_program() -> Result<String> {
    race(gotcha_plugins::set_many, gotcha_plugins::read_often);
    Ok("both are done".into())
}

#[cfg(test)]
mod tests {
    use super::keeps_old_lists;

    #[test]
    fn a_glibc_that_keeps_old_lists_is_known_by_its_version() {
        let kept = ["2.17", "2.36", "2.41", "2.43", "3.0", ""]
            .map(keeps_old_lists);
        assert_eq!(kept, [false, false, true, true, true, false]);
    }
}
