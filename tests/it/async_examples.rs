//! What is said of `examples/async/`: a plugin with a tokio runtime of
//! its own, one whose `tracing` events go to the host's log, and a host
//! that is a tokio program itself.

use std::env::consts;
use std::path::Path;
use std::process::Command;

use crate::support::{
    Ended, built_async, copy, finish, folder, library, program,
};

/// A folder with both plugins.
fn plugins() -> tempfile::TempDir {
    let folder = folder();
    for name in ["own_runtime", "traced"] {
        let built = library(built_async(), name);
        copy(&built, &library(folder.path(), name));
    }
    folder
}

/// The host of Example 2, which keeps this much of its log.
fn app(level: &str, words: &[&str]) -> Ended {
    let folder = plugins();
    let mut app = Command::new(program("app"));
    app.arg("--plugins").arg(folder.path()).args(words);
    finish(app.env("RUST_LOG", level))
}

/// The host that is a tokio program, with so many workers.
fn async_host(workers: usize, folder: &Path, how: &[&str]) -> Ended {
    let name = format!("async-host{}", consts::EXE_SUFFIX);
    let mut host = Command::new(built_async().join(name));
    host.arg(folder).args(how);
    finish(host.env("TOKIO_WORKER_THREADS", workers.to_string()))
}

/// What the panic of the command `spawn` says.
const NO_REACTOR: &str = "there is no reactor running, must be called \
                          from the context of a Tokio 1.x runtime";

#[test]
fn a_command_waits_for_work_on_the_plugins_own_runtime() {
    let ended = app("info", &["brew", "green tea", "mint"]);
    assert_eq!(ended.out, "a cup of green tea\na cup of mint\n");
    assert_eq!(ended.err, "[INFO  traced] ready to steep\n");
    assert_eq!(ended.code, Some(0));
}

#[test]
fn a_command_that_waits_in_vain_fails() {
    let ended = app("warn", &["pour", "10"]);
    assert_eq!((ended.code, &*ended.out), (Some(1), ""));
    assert_eq!(ended.err, "pour: failed: no tea\n");
}

#[test]
fn a_task_outside_of_the_runtime_is_a_panic_that_the_app_survives() {
    let ended = app("error", &["spawn", "mint"]);
    assert_eq!((ended.code, &*ended.out), (Some(1), ""));
    let err = ended.err.replace('\\', "/");
    let (log, said) = err.split_once('\n').expect("two lines");
    let source = "examples/async/own-runtime/src/lib.rs:";
    let start = format!("[ERROR own_runtime] panicked at {source}");
    assert!(log.starts_with(&start), "{log}");
    assert!(log.ends_with(&format!(": {NO_REACTOR}")), "{log}");
    assert_eq!(said, format!("spawn: panicked: {NO_REACTOR}\n"));
}

#[test]
fn the_runtime_of_the_host_is_none_of_the_plugins() {
    let folder = plugins();
    let ended = async_host(1, folder.path(), &["spawn"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(
        ended.out,
        format!("a task of the host\npanicked: {NO_REACTOR}\n")
    );
}

/// However long the other task is waited for, it has no chance. That
/// more workers do not help is a choice of this version of tokio.
#[test]
fn a_call_on_a_worker_keeps_the_other_task_from_running() {
    let folder = plugins();
    for (workers, ms) in [(1, "10"), (1, "500"), (4, "500")] {
        let how = ["on-the-worker", ms];
        let ended = async_host(workers, folder.path(), &how);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert_eq!(
            ended.out,
            "pour:  failed: no tea\norder: the kettle is on\n",
            "{workers} workers, {ms} ms"
        );
    }
}

#[test]
fn a_call_by_spawn_blocking_lets_the_other_task_run() {
    let folder = plugins();
    for workers in [1, 4] {
        let how = ["spawn-blocking", "60000"];
        let ended = async_host(workers, folder.path(), &how);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert_eq!(
            ended.out,
            "pour:  a cup of green tea\norder: the kettle is on\n",
            "{workers} workers"
        );
    }
}

/// Nobody forbids a plugin to block a worker: see the tests above.
#[test]
fn one_copy_of_tokio_forbids_to_block_a_worker() {
    let folder = plugins();
    let ended = async_host(1, folder.path(), &["nested"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(
        ended.out,
        "Panicked: Cannot start a runtime from within a runtime. This \
         happens because a function (like `block_on`) attempted to \
         block the current thread while the thread is being used to \
         drive asynchronous tasks. If you are in an async function, \
         use `.await` on the future instead of blocking on it.\n"
    );
}

#[test]
fn events_and_their_spans_reach_the_log_once_it_is_installed() {
    let ended = app("info", &["steep", "green", "tea"]);
    assert_eq!(ended.out, "leaves counted: 0\n");
    assert_eq!(
        ended.err,
        "[INFO  traced] ready to steep\n[INFO  traced] \
         steep{tea=\"green tea\"}: steeped minutes=3\n"
    );
    assert_eq!(ended.code, Some(0));
}

#[test]
fn what_the_filter_of_the_host_drops_is_never_formatted() {
    for (level, lines, counted) in [
        ("off", 0, 0),
        ("warn", 0, 0),
        ("info", 2, 0),
        ("debug", 3, 1),
        ("traced=debug", 3, 1),
        ("own_runtime=debug", 0, 0),
    ] {
        let ended = app(level, &["steep", "mint"]);
        let out = format!("leaves counted: {counted}\n");
        assert_eq!(ended.out, out, "{level}");
        let count = ended.err.lines().count();
        assert_eq!(count, lines, "{level}: {}", ended.err);
        let line = "[DEBUG traced] steep{tea=\"mint\"}: counting \
                    leaves=1000\n";
        assert_eq!(ended.err.contains(line), counted == 1, "{level}");
    }
}

#[test]
fn the_span_of_the_host_is_added_by_the_host() {
    let folder = plugins();
    let how = ["serve", "mint", "green tea"];
    let ended = async_host(1, folder.path(), &how);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let out = "leaves counted: 0\n";
    assert_eq!(ended.out, format!("{out}{out}"));
    let line = |letters, tea| {
        format!(
            " INFO order{{letters={letters}}}: traced: \
             steep{{tea={tea:?}}}: steeped minutes=3\n"
        )
    };
    assert_eq!(
        ended.err,
        format!(
            " INFO traced: ready to steep\n{}{}",
            line(4, "mint"),
            line(9, "green tea")
        )
    );
}

#[test]
fn a_way_that_the_host_does_not_know_is_exit_code_2() {
    let folder = plugins();
    let ended = async_host(1, folder.path(), &["by-magic"]);
    assert_eq!((ended.code, &*ended.out), (Some(2), ""));
    assert!(ended.err.contains("usage: async-host DIR "), "{ended:?}");
    std::fs::remove_file(library(folder.path(), "traced")).unwrap();
    let ended = async_host(1, folder.path(), &["serve", "mint"]);
    assert_eq!(ended.code, Some(1));
    let error = "Error: steep: no plugin registered it\n";
    assert_eq!(ended.err, error);
}
