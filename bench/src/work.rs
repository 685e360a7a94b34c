//! The work in Rust. Each kind runs in a process of its own, which does
//! it once and times only that.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use app::registry::Registry;
use clap::Subcommand;
use filter_api::nutshell_plugin::Outcome;
use filter_api::{Guarded, Interface, Picture};
use libloading::{Library, Symbol};
use nutshell_host::{Candidate, Loader, Refusal, Trust};

type Add = extern "C" fn(i64, i64) -> i64;

#[derive(Subcommand)]
pub enum Work {
    /// Example 1: opens a library, looks `add` up, calls it
    FirstCall { library: PathBuf },
    /// Opens all files of a folder, looks `plugin_register` up in each,
    /// and calls nothing
    Dlopen { folder: PathBuf },
    /// Example 2: scans the folder, reads and compares each descriptor,
    /// opens the library, lets it register
    LoadFolder { folder: PathBuf },
    /// Example 3: loads a filter so often, each time as a copy, and
    /// develops a picture with each generation
    Reload { generations: usize, plugin: PathBuf },
    /// Calls a function so often, which the compiler may inline
    CallInlined { times: i64 },
    /// Calls a function of this program through a pointer
    CallPointer { times: i64 },
    /// Calls a method of a trait object of this program
    CallDyn { times: i64 },
    /// Calls `add` of a library
    CallPlugin { times: i64, library: PathBuf },
}

impl Work {
    /// Does it, and says how long that took.
    pub fn measure(&self) -> Result<Duration> {
        match self {
            Self::FirstCall { library } => first_call(library),
            Self::Dlopen { folder } => dlopen(folder),
            Self::LoadFolder { folder } => load_folder(folder),
            Self::Reload { generations, plugin } => {
                reload(*generations, plugin)
            }
            Self::CallInlined { times } => {
                repeat(*times, |sum, i| sum.wrapping_add(black_box(i)))
            }
            Self::CallPointer { times } => {
                call(*times, black_box(own_add))
            }
            Self::CallDyn { times } => {
                let adder: &dyn Adder = black_box(&Own);
                repeat(*times, |sum, i| adder.add(sum, i))
            }
            Self::CallPlugin { times, library } => {
                // SAFETY: we have built it; it has no constructors but
                // those of the standard library.
                let library = unsafe { Library::new(library) }?;
                // SAFETY: its `add` has this type.
                let add: Symbol<Add> = unsafe { library.get("add") }?;
                call(*times, *add)
            }
        }
    }
}

fn first_call(library: &Path) -> Result<Duration> {
    let start = Instant::now();
    // SAFETY: we have built it; it has no constructors but those of the
    // standard library.
    let library = unsafe { Library::new(library) }?;
    // SAFETY: its `add` has this type.
    let add: Symbol<Add> = unsafe { library.get("add") }?;
    let sum = add(2, 40);
    let time = start.elapsed();
    ensure!(sum == 42, "a wrong sum");
    Ok(time)
}

fn load_folder(folder: &Path) -> Result<Duration> {
    let start = Instant::now();
    let mut loader = Loader::new(Trust::NoOthers);
    let mut registry = Registry::new(&[]);
    // SAFETY: we have built and copied all that is in the folder.
    let report = unsafe {
        app::load_folder(folder, &mut loader, &mut registry)
    }?;
    let time = start.elapsed();

    // A plugin that is refused would cost less.
    ensure!(report.refused.is_empty(), "{:?}", report.refused);
    let loaded = registry.by_plugin().count();
    ensure!(loaded == files(folder)?.len(), "{loaded} loaded");
    Ok(time)
}

fn reload(generations: usize, plugin: &Path) -> Result<Duration> {
    let mut loader = Loader::new(Trust::NoOthers);
    let file = Candidate::new(plugin);
    let start = Instant::now();
    for _ in 0..generations {
        let filter = next_generation(&mut loader, &file)?;
        let mut pixels = [[255, 0, 0, 255]];
        let mut picture = Picture {
            width: 1,
            pixels: &mut pixels,
            goes_on: &mut |_| true,
        };
        let outcome =
            filter.apply(&mut picture, &[], &mut String::new());
        ensure!(outcome == Outcome::Done, "{outcome:?}");
        ensure!(pixels[0][0] < 255, "the picture is as it was");
    }
    Ok(start.elapsed())
}

/// The filter of the plugin as it is now.
fn next_generation(
    loader: &mut Loader,
    file: &Candidate,
) -> Result<&'static dyn Guarded, Refusal> {
    let mut filters: Vec<&'static dyn Guarded> = Vec::new();
    let mut error = String::new();
    let copy = loader.copy(file)?;
    // SAFETY: we have built the plugin.
    let loaded = unsafe {
        loader.load::<Interface, _>(
            &copy,
            |register, _| match register(&mut filters, &mut error) {
                Outcome::Done => Ok(()),
                _ => Err(error),
            },
        )
    };
    loaded.map(|_| filters[0])
}

fn dlopen(folder: &Path) -> Result<Duration> {
    let start = Instant::now();
    for file in files(folder)? {
        // SAFETY: a plugin that we have built; nothing runs at its
        // opening but what Rust's standard library has there.
        let library = unsafe { open(&file) }?;
        // SAFETY: it is looked up, never called.
        let register =
            unsafe { library.get::<*const ()>("plugin_register") }?;
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

/// One loop for all pointers: the same instructions at other addresses
/// take another time, which is not what is measured.
#[inline(never)]
fn call(times: i64, add: Add) -> Result<Duration> {
    repeat(times, |sum, i| add(sum, i))
}

/// Adds all numbers below `times` up; each call waits for the one
/// before.
fn repeat(
    times: i64,
    mut add: impl FnMut(i64, i64) -> i64,
) -> Result<Duration> {
    let start = Instant::now();
    let sum = (0..times).fold(0, &mut add);
    let time = start.elapsed();
    ensure!(sum == times * (times - 1) / 2, "a wrong sum");
    Ok(time)
}

#[inline(never)]
extern "C" fn own_add(a: i64, b: i64) -> i64 {
    a.wrapping_add(b)
}

trait Adder {
    fn add(&self, a: i64, b: i64) -> i64;
}

struct Own;

impl Adder for Own {
    #[inline(never)]
    fn add(&self, a: i64, b: i64) -> i64 {
        a.wrapping_add(b)
    }
}
