//! The ways to do the work. Each runs in a process of its own, does its
//! work once and times only that.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use app::registry::Registry;
use app::scan::Trust;
use clap::ValueEnum;
use libloading::Library;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Way {
    /// The floor: no way to load a plugin does less.
    Dlopen,
    /// Example 2: scan the folder, read and compare each descriptor,
    /// open the library, let it register.
    LoadFolder,
}

impl Way {
    /// All ways. The first is what the others are compared with.
    pub const ALL: [Self; 2] = [Self::Dlopen, Self::LoadFolder];

    pub fn name(self) -> &'static str {
        match self {
            Self::Dlopen => "dlopen",
            Self::LoadFolder => "load_folder",
        }
    }

    /// Loads all plugins of the folder, and says how long that took.
    pub fn measure(self, folder: &Path) -> Result<Duration> {
        match self {
            Self::Dlopen => dlopen(folder),
            Self::LoadFolder => load_folder(folder),
        }
    }
}

fn load_folder(folder: &Path) -> Result<Duration> {
    let start = Instant::now();
    let mut registry = Registry::new(&[]);
    let trust = Trust::Everybody;
    // SAFETY: we have built and copied all that is in the folder.
    let refused =
        unsafe { app::load_folder(folder, trust, &mut registry) }?;
    let time = start.elapsed();

    // A plugin that is refused would cost less.
    ensure!(refused.is_empty(), "{}", refused.join("\n"));
    let loaded = registry.by_plugin().count();
    ensure!(loaded == files(folder)?.len(), "{loaded} loaded");
    Ok(time)
}

/// Opens each library and looks its register function up, as the host
/// has to; calls nothing. The list of files is there before.
fn dlopen(folder: &Path) -> Result<Duration> {
    let files = files(folder)?;
    let start = Instant::now();
    for file in &files {
        // SAFETY: a plugin that we have built; nothing runs at its
        // opening but what Rust's standard library has there.
        let library = unsafe { open(file) }?;
        // SAFETY: it is looked up, never called.
        let register =
            unsafe { library.get::<*const ()>(b"plugin_register\0") }?;
        ensure!(!register.is_null(), "{file:?}: no plugin");
        std::mem::forget(library); // never unloaded, as in the host
    }
    Ok(start.elapsed())
}

/// With the flags that the host has.
///
/// # Safety
/// As for `Library::new`: the library's constructors run.
unsafe fn open(file: &Path) -> Result<Library, libloading::Error> {
    #[cfg(unix)]
    {
        use libloading::os::unix;
        let flags = unix::RTLD_NOW | unix::RTLD_LOCAL;
        // SAFETY: the caller has accepted what the constructors do.
        let library = unsafe { unix::Library::open(Some(file), flags) };
        library.map(Library::from)
    }
    #[cfg(not(unix))]
    // SAFETY: the caller has accepted what the constructors do.
    unsafe {
        Library::new(file)
    }
}

/// The files of the folder, in the order of their names.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).context("no folder")?;
    let mut files = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    files.sort();
    Ok(files)
}
