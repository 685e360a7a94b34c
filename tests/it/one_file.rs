//! From the first look to the first call it is one file, whatever
//! happens to its name in between. Linux only: others have no call that
//! exchanges two names at once.

use std::ffi::CString;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use app::registry::Registry;
use command_api::Interface;
use command_api::nutshell_plugin::Outcome;
use nutshell_host::{
    Candidate, Kind, Loader, PluginLog, Refusal, Trust,
};

use crate::host::{add_plugin, plugins, portable};
use crate::support::{Ended, copy, finish, folder, library, program};

/// Exchanges two names again and again while `work` goes on.
fn while_exchanged<T>(
    one: &Path,
    other: &Path,
    work: impl FnOnce() -> T,
) -> T {
    let path = |path: &Path| {
        CString::new(path.as_os_str().as_bytes()).expect("a path")
    };
    let (one, other) = (path(one), path(other));
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                // An older musl has no function for it.
                // SAFETY: both are texts that end, and stay.
                let done = unsafe {
                    libc::syscall(
                        libc::SYS_renameat2,
                        libc::AT_FDCWD,
                        one.as_ptr(),
                        libc::AT_FDCWD,
                        other.as_ptr(),
                        libc::RENAME_EXCHANGE,
                    )
                };
                assert_eq!(
                    done,
                    0,
                    "{}",
                    std::io::Error::last_os_error()
                );
            }
        });
        let result = work();
        is_over.store(true, Ordering::Relaxed);
        result
    })
}

/// Runs the app, but no longer than a minute: it waits for nobody.
fn app_that_ends(folder: &Path) -> Ended {
    let mut command = Command::new("timeout");
    command.args(["--signal=KILL", "60"]).arg(program("app"));
    finish(command.arg("--plugins").arg(folder))
}

/// A pipe that nobody writes to would be waited for, by the host or by
/// the system's loader.
#[test]
fn a_pipe_that_takes_a_plugins_place_is_not_waited_for() {
    let folder = plugins(&["voice"]);
    let plugin = library(folder.path(), "voice");
    let pipe = folder.path().join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|status| status.success()));
    let (mut loaded, mut refused) = (0, 0);
    while_exchanged(&plugin, &pipe, || {
        for _ in 0..200 {
            let ended = app_that_ends(folder.path());
            assert_eq!(ended.code, Some(0), "{ended:?}");
            let out = portable(&ended.out);
            match &*out {
                "no plugins\nrefused voice: not a file\n" => {
                    refused += 1
                }
                _ => {
                    assert!(out.starts_with("voice\n  shout"), "{out}");
                    loaded += 1;
                }
            }
        }
    });
    // Both have been met.
    assert!(loaded > 0 && refused > 0, "{loaded} {refused}");
}

/// Inspects a plugin, lets something happen to its name, and opens it;
/// then the names of its commands, or why it was refused.
pub fn load_after(
    plugin: &Path,
    happens: impl FnOnce(&Path),
) -> Result<Vec<String>, Refusal> {
    let mut loader = Loader::new(Trust::NoOthers);
    let mut registry = Registry::new(&[]);
    let found = loader.inspect(&Candidate::new(plugin))?;
    let checked = loader.check::<Interface>(found)?;
    happens(plugin);
    // SAFETY: the tests have built all of them.
    let opened = unsafe { loader.open(checked) }?;
    loader.register(opened, |register, plugin| {
        let log = PluginLog::leak(plugin.name());
        let mut transaction =
            registry.transaction(plugin.name(), plugin.folder());
        let outcome =
            register(&mut transaction, log, &mut String::new());
        assert_eq!(outcome, Outcome::Done);
        transaction.commit();
        Ok::<(), String>(())
    })?;
    Ok(registry.names().map(str::to_owned).collect())
}

#[test]
fn what_is_opened_is_what_was_inspected_whatever_has_its_name_now() {
    let happens: [fn(&Path); 4] = [
        |path| {
            let other = plugins(&["right"]);
            let new = path.with_extension("new");
            copy(&library(other.path(), "right"), &new);
            fs::rename(new, path).expect("a new file");
        },
        |path| {
            fs::remove_file(path).expect("it is there");
            let made = Command::new("mkfifo").arg(path).status();
            assert!(made.is_ok_and(|status| status.success()));
        },
        |path| fs::remove_file(path).expect("it is there"),
        |path| {
            let folder = path.parent().expect("a folder");
            fs::rename(folder, folder.with_extension("gone"))
                .expect("a new name");
        },
    ];
    for happens in happens {
        let top = folder();
        let folder = top.path().join("plugins");
        fs::create_dir(&folder).expect("a new folder");
        add_plugin(&folder, "left", "left");
        let names = load_after(&library(&folder, "left"), happens);
        assert_eq!(names.expect("it is loaded"), ["left"]);
    }
}

#[test]
fn a_file_that_is_written_to_after_it_was_inspected_is_refused() {
    let folder = plugins(&["left"]);
    let refused = load_after(&library(folder.path(), "left"), |path| {
        let mut bytes = fs::read(path).expect("it is there");
        bytes.push(0);
        fs::write(path, bytes).expect("it is there");
    });
    let refusal = refused.expect_err("it was changed");
    assert_eq!(refusal.kind, Kind::Replaced);
    assert_eq!(
        refusal.reason,
        "replaced while it was loaded; start again"
    );
}
