//! Builds the book again whenever a file that it is made of changes,
//! until somebody ends the program.
//!
//! The system only wakes us up. What has changed is found by comparing
//! the files with what they were before the last build, so nothing that
//! happens during a build is lost.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use anyhow::Context;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::builder::Builder;
use crate::mistake::{self, Mistake};
use crate::sources::{Sources, Stamps};

/// An editor saves a file in several steps. When nothing has happened
/// for this long, it is done.
const PAUSE: Duration = Duration::from_millis(100);

const MEND: &str = "not built; mend that and save";

/// The folders that the system watches, with all below them or without.
type Watched = BTreeMap<PathBuf, RecursiveMode>;
type Events = Receiver<notify::Result<Event>>;

/// Builds again and again. `command` runs first if more than the text
/// of chapters has changed: it builds what their commands run.
pub fn watch(
    builder: &mut Builder,
    command: &str,
) -> anyhow::Result<Vec<Mistake>> {
    let (sender, events) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(sender)?;
    let mut watched = Watched::new();
    let mut before = Stamps::new();
    let mut is_stale = true;
    loop {
        let sources = Sources::of(builder);
        follow(&sources, &mut watcher, &mut watched)?;
        let changed = sources.changed_since(&before);
        if changed.is_empty() {
            wait(&events)?;
            continue;
        }
        before = sources.stamps.clone();

        is_stale |=
            !changed.iter().all(|path| sources.is_chapter(path));
        if is_stale {
            if !run(command)? {
                continue;
            }
            builder.kept.forget();
            is_stale = false;
        }
        match builder.build() {
            Ok(mistakes) if mistakes.is_empty() => {
                let pages = builder.destination(&sources.config);
                let page = page(&pages, &sources.book, &changed);
                println!("built {}", page.display());
            }
            Ok(mistakes) => {
                mistake::print(&mistakes);
                eprintln!("{MEND}");
            }
            Err(error) => eprintln!("{error:#}\n{MEND}"),
        }
    }
}

/// Has the system watch what it does not watch yet. For a file that
/// is the folder around it, where an editor may put another file in
/// its place.
fn follow(
    sources: &Sources,
    watcher: &mut RecommendedWatcher,
    watched: &mut Watched,
) -> anyhow::Result<()> {
    let around = sources.files.iter().filter_map(|file| {
        file.ancestors().skip(1).find(|folder| folder.is_dir())
    });
    let around =
        around.map(|folder| (folder, RecursiveMode::NonRecursive));
    let whole = sources.folders.iter().map(PathBuf::as_path);
    let whole = whole.map(|path| (path, RecursiveMode::Recursive));
    for (path, mode) in whole.chain(around) {
        let Ok(path) = path.canonicalize() else { continue };
        let has = |(known, mode): (&PathBuf, &RecursiveMode)| {
            let is_below = *mode == RecursiveMode::Recursive;
            path == *known || is_below && path.starts_with(known)
        };
        if !watched.iter().any(has) {
            watcher
                .watch(&path, mode)
                .with_context(|| format!("{}", path.display()))?;
            watched.insert(path, mode);
        }
    }
    Ok(())
}

/// Waits until something has happened, and until that is over.
fn wait(events: &Events) -> anyhow::Result<()> {
    // Our own looking around is an event as well.
    while events.recv()??.kind.is_access() {}
    while events.recv_timeout(PAUSE).is_ok() {}
    Ok(())
}

/// Runs a command of the author's, and tells whether it succeeds.
fn run(command: &str) -> anyhow::Result<bool> {
    let ended = Command::new("bash")
        .args(["-c", command])
        .stdin(Stdio::null())
        .status()
        .context("bash")?;
    if !ended.success() {
        eprintln!("`{command}`: {ended}\n{MEND}");
    }
    Ok(ended.success())
}

/// The page to look at: that of a chapter if only this has changed.
fn page(pages: &Path, book: &Path, changed: &[PathBuf]) -> PathBuf {
    let own = match changed {
        [path] => path.strip_prefix(book).ok(),
        _ => None,
    };
    let own = own.map(|path| pages.join(path).with_extension("html"));
    let own = own.filter(|page| page.is_file());
    let page = own.unwrap_or_else(|| pages.join("index.html"));
    page.canonicalize().unwrap_or(page)
}
