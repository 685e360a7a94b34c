//! Waits for Ctrl-C and, with `--watch`, for plugins that were built
//! again, and then develops the picture anew.

use std::path::Path;
use std::process::{self, ExitCode};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use anyhow::{Context, Result};
use darkroom::room::Room;
use darkroom::text::say;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::job::Job;

/// A build writes a file piece by piece; this long after the last piece
/// it is taken to be whole.
const QUIET: Duration = Duration::from_millis(100);

/// What may end the work on a picture.
pub struct Changes {
    is_cancelled: Arc<AtomicBool>,
    /// Something has changed in the folder, or the user has cancelled.
    something: Receiver<()>,
    _watcher: Option<RecommendedWatcher>,
}

/// Begins to wait.
///
/// # Errors
/// If the system cannot watch the folder or Ctrl-C.
pub fn changes(folder: &Path, watch: bool) -> Result<Changes> {
    let (tell, something) = mpsc::channel();
    let is_cancelled = Arc::new(AtomicBool::new(false));
    let watcher = match watch {
        true => Some(watcher(folder, tell.clone())?),
        false => None,
    };
    let flag = Arc::clone(&is_cancelled);
    ctrlc::set_handler(move || {
        // The second one is for a filter that does not listen.
        if flag.swap(true, Ordering::Relaxed) {
            process::exit(130);
        }
        let _ = tell.send(());
    })
    .context("Ctrl-C")?;
    Ok(Changes { is_cancelled, something, _watcher: watcher })
}

fn watcher(
    folder: &Path,
    tell: mpsc::Sender<()>,
) -> Result<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(
        move |event: notify::Result<Event>| {
            // Reading a file, as we do, changes nothing.
            if !event.is_ok_and(|event| event.kind.is_access()) {
                let _ = tell.send(());
            }
        },
    )?;
    watcher.watch(folder, RecursiveMode::NonRecursive)?;
    Ok(watcher)
}

impl Changes {
    /// Whether there is a reason to stop developing.
    pub fn are_there(&self) -> bool {
        self.is_cancelled() || self.something.try_recv().is_ok()
    }

    fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::Relaxed)
    }
}

/// Develops the picture whenever a plugin was built again.
pub fn again(
    job: &Job,
    room: &mut Room,
    changes: &Changes,
) -> ExitCode {
    say("watching the plugins; Ctrl-C ends it");
    loop {
        // A build may have cancelled the picture before.
        while changes.something.recv_timeout(QUIET).is_ok() {}
        if changes.is_cancelled() {
            return ExitCode::SUCCESS;
        }
        // SAFETY: the user names a folder whose libraries may run here.
        match unsafe { room.load_changed() } {
            Ok((loaded, refused)) => {
                refused.iter().for_each(say);
                for name in &loaded {
                    say(format_args!("{name}: loaded again"));
                }
                if !loaded.is_empty() {
                    job.run(room.filters(), changes);
                    continue;
                }
            }
            Err(refusal) => say(refusal),
        }
        if changes.something.recv().is_err() {
            return ExitCode::FAILURE; // nobody watches any more
        }
    }
}
