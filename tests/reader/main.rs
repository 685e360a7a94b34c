//! The host against files that were cut, changed or never meant for it,
//! from the first look to the last. The crate `nutshell-host` has tests
//! of its reader alone. A test program of its own, because its allocator
//! counts how much memory is taken.

use std::alloc::System;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use app::registry::Registry;
use cap::Cap;
use nutshell_host::read::read_from;
use nutshell_host::{Descriptor, Kind, Loader, Refusal, Trust};

#[path = "../../crates/host/tests/reader/change.rs"]
mod change;
#[cfg(target_os = "linux")]
mod linux;
#[path = "../it/support.rs"]
#[expect(dead_code, reason = "the other test program has more of it")]
mod support;

use change::change;
use support::{built, folder, library, root};

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

/// One test at a time, so that each counts its own memory only.
static ALONE: Mutex<()> = Mutex::new(());

/// Plugins of all platforms: a small and a large one of this one, and
/// those of the others.
fn libraries() -> Vec<(String, Vec<u8>)> {
    let mut paths = vec![
        library(built(), "voice"),
        support::built_small("own_name"),
    ];
    for file in [
        "aarch64-linux",
        "arm-linux",
        "s390x-linux",
        "x86_64-macos",
        "x86_64-windows",
    ] {
        paths.push(
            root().join("crates/host/tests/libraries").join(file),
        );
    }
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into();
        (name, fs::read(&path).expect("it was built"))
    };
    paths.into_iter().map(read).collect()
}

/// Reads a descriptor as the host does.
fn describe(bytes: &[u8]) -> Result<Descriptor, String> {
    let library = read_from(&bytes).map_err(|e| e.to_string())?;
    Descriptor::of(&library)
}

#[test]
fn a_file_cut_anywhere_is_read_without_a_panic() {
    let _alone = ALONE.lock();
    for (name, bytes) in libraries() {
        assert!(describe(&bytes).is_ok());
        let mut refused = 0;
        for place in 0..200 {
            let cut = &bytes[..bytes.len() * place / 200];
            let read = describe(cut);
            refused += usize::from(read.is_err());
        }
        // The descriptor of some formats lies before the cut.
        assert!(refused > 20, "{name}: refused {refused} of 200");
    }
}

/// 20,000 changed files, the same ones in every run.
#[test]
fn a_changed_file_is_read_without_a_panic_and_in_little_memory() {
    let _alone = ALONE.lock();
    let libraries = libraries();
    let mut random = fastrand::Rng::with_seed(42);
    let (mut accepted, mut refused) = (0, 0);
    let before = ALLOCATOR.allocated();
    ALLOCATOR.set_limit(before + (64 << 20)).expect("a limit");
    for (_, bytes) in &libraries {
        let mut bytes = bytes.clone();
        for _ in 0..20_000 / libraries.len() + 1 {
            let changes = change(&mut bytes, &mut random);
            match describe(&bytes) {
                Ok(_) => accepted += 1,
                Err(_) => refused += 1,
            }
            for (place, byte) in changes.into_iter().rev() {
                bytes[place] = byte;
            }
        }
    }
    ALLOCATOR.set_limit(usize::MAX).expect("no limit");
    assert!(accepted + refused >= 20_000);
    // Both ways have been taken often.
    assert!(accepted > 1000 && refused > 1000, "{accepted} {refused}");
}

#[test]
fn damaged_descriptors_are_refused() {
    let _alone = ALONE.lock();
    let (_, good) = libraries().swap_remove(2);
    let magic = descriptor_of(&good);
    for (change, reason) in [
        (&b"rust plugin descriptor 1\n"[..], "no first line"),
        (b"rust plugin descriptor 2\nproduct:", "a line without ="),
        (b"rust plugin descriptor 2\n\xff", "invalid utf-8"),
        (b"rust plugin descriptor 2\nplugin=\x1b[2J", "not plain text"),
        (b"rust plugin descriptor 2\nplugin=x\nplugin=y\n", "twice"),
        (b"rust plugin descriptor 2\nplugin=x\0", ""),
    ] {
        let mut bytes = good.clone();
        bytes[magic..magic + change.len()].copy_from_slice(change);
        let error = match describe(&bytes) {
            Err(error) => error,
            Ok(_) => panic!("{:?}", String::from_utf8_lossy(change)),
        };
        assert!(error.contains(reason), "{error}");

        let folder = folder();
        let path = library(folder.path(), "damaged");
        fs::write(path, bytes).expect("a new file");
        let refused = load_folder(folder.path());
        assert_eq!(refused[0].kind, Kind::Damaged);
        let start = "its descriptor is damaged; build it again: ";
        assert!(refused[0].reason.starts_with(start), "{refused:?}");
    }
}

fn descriptor_of(bytes: &[u8]) -> usize {
    let magic =
        nutshell_host::nutshell_plugin::descriptor::MAGIC.as_bytes();
    let mut windows = bytes.windows(magic.len());
    windows.position(|part| part == magic).expect("it has one")
}

fn load_folder(folder: &Path) -> Vec<Refusal> {
    let mut loader = Loader::new(Trust::NoOthers);
    let mut registry = Registry::new(&[]);
    // SAFETY: none of these files is a plugin; we made the folder.
    let report =
        unsafe { app::load_folder(folder, &mut loader, &mut registry) };
    report.expect("the folder can be read").refused
}
