//! Example 3 and signals: Ctrl-C, and `--watch`, which nothing else
//! ends.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use crate::example3::crab;
use crate::host::{add_plugin, plugins};
use crate::support::{folder, library, program};

/// A darkroom that runs, and the lines that it writes.
struct Running {
    child: Child,
    lines: Receiver<String>,
}

impl Running {
    fn new(plugins: &Path, temporary: &Path, words: &[&OsStr]) -> Self {
        let mut command = Command::new(program("darkroom"));
        command.arg("--plugins").arg(plugins).args(words);
        command.env("TMPDIR", temporary).stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        let (send, lines) = mpsc::channel();
        let out = child.stdout.take().expect("a pipe");
        let err = child.stderr.take().expect("a pipe");
        let other = send.clone();
        thread::spawn(move || pass_on(out, &send));
        thread::spawn(move || pass_on(err, &other));
        Self { child, lines }
    }

    /// Waits for a line that ends so. (Nothing is timed: a minute is
    /// for a test that would hang.)
    fn wait_for(&self, end: &str) {
        let mut seen = Vec::new();
        while let Ok(line) =
            self.lines.recv_timeout(Duration::from_secs(60))
        {
            if line.ends_with(end) {
                return;
            }
            seen.push(line);
        }
        panic!("no line ends with {end:?}: {seen:?}");
    }

    /// What Ctrl-C does.
    fn interrupt(&self) {
        let id = self.child.id().try_into().expect("a process");
        // SAFETY: the process is ours, and nobody has waited for it.
        let sent = unsafe { libc::kill(id, libc::SIGINT) };
        assert_eq!(sent, 0);
    }

    fn end(mut self) -> ExitStatus {
        self.child.wait().expect("it ends")
    }
}

fn pass_on(from: impl std::io::Read, to: &mpsc::Sender<String>) {
    for line in BufReader::new(from).lines().map_while(Result::ok) {
        let _ = to.send(line);
    }
}

#[test]
fn ctrl_c_cancels_a_filter_and_leaves_no_picture() {
    let plugins = plugins(&["stubborn"]);
    let folder = folder();
    let out = folder.path().join("out.png");
    let crab = crab();
    let words = |step| [crab.as_ref(), out.as_ref(), OsStr::new(step)];

    let temporary = folder.path();
    let darkroom =
        Running::new(plugins.path(), temporary, &words("patient"));
    darkroom.wait_for("waiting");
    darkroom.interrupt();
    darkroom.wait_for("out.png: cancelled; it was not written");
    assert_eq!(darkroom.end().code(), Some(130));

    // One that does not listen is ended by the second Ctrl-C.
    let darkroom =
        Running::new(plugins.path(), temporary, &words("stubborn"));
    darkroom.wait_for("waiting");
    darkroom.interrupt();
    darkroom.wait_for("heard it");
    darkroom.interrupt();
    let status = darkroom.end();
    assert_eq!((status.code(), status.signal()), (Some(130), None));
    assert_eq!(fs::read_dir(folder.path()).expect("it").count(), 0);
}

#[test]
fn a_filter_that_was_built_again_develops_the_picture_anew() {
    let plugins = plugins(&["stubborn"]);
    add_plugin(plugins.path(), "tint_red", "tint");
    let (folder, temporary) = (folder(), folder());
    let out = folder.path().join("out.png");
    let crab = crab();
    let words = ["--watch".as_ref(), crab.as_ref(), out.as_ref()];
    let words = [&words[..], &[OsStr::new("tint")]].concat();
    let darkroom =
        Running::new(plugins.path(), temporary.path(), &words);
    darkroom.wait_for("watching the plugins; Ctrl-C ends it");
    let colour = || {
        let picture = darkroom::picture::read(&out).expect("a picture");
        picture.get_pixel(7, 7).0
    };
    assert_eq!(colour(), [255, 0, 0, 255]);

    // Over what is there, as some compilers do it.
    add_plugin(plugins.path(), "tint_blue", "tint");
    darkroom.wait_for("tint: loaded again");
    darkroom.wait_for("out.png: developed");
    assert_eq!(colour(), [0, 0, 255, 255]);

    // A part of a file, and then the whole.
    let path = library(plugins.path(), "tint");
    let file = File::options().write(true).open(&path);
    file.and_then(|file| file.set_len(1000)).expect("cut");
    darkroom.wait_for(
        "it is cut short; copy it again; the one before it goes on",
    );
    assert_eq!(colour(), [0, 0, 255, 255]);
    add_plugin(plugins.path(), "tint_red", "tint");
    darkroom.wait_for("out.png: developed");
    assert_eq!(colour(), [255, 0, 0, 255]);

    // A new plugin is loaded, too.
    add_plugin(plugins.path(), "grey", "grey");
    darkroom.wait_for("grey: loaded again");
    darkroom.interrupt();
    assert_eq!(darkroom.end().code(), Some(0));
    assert_eq!(fs::read_dir(temporary.path()).expect("it").count(), 0);
}
