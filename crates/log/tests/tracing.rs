//! What a plugin logs with the `tracing` crate, as its host gets it.

mod support;

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::{env, fmt, thread};

use nutshell_plugin::{Level, Log};
use support::{Bomb, alone};
use tracing::field::{Empty, display};

#[test]
fn an_event_arrives_with_its_level_and_nothing_added() {
    alone(|host| {
        nutshell_log::tracing::install(host.logger()).unwrap();
        tracing::error!("one");
        tracing::warn!("two");
        tracing::info!("{}", "three");
        tracing::debug!("four");
        tracing::trace!(target: "elsewhere", "five");
        let lines = [
            (Level::Error, "one"),
            (Level::Warn, "two"),
            (Level::Info, "three"),
            (Level::Debug, "four"),
            (Level::Trace, "five"),
        ];
        let lines = lines.map(|(level, text)| (level, text.to_owned()));
        assert_eq!(host.lines(), lines);
    });
}

#[test]
fn an_event_has_its_fields_and_those_of_its_spans() {
    alone(|host| {
        nutshell_log::tracing::install(host.logger()).unwrap();
        tracing::info!(lines = 3, name = "a", "done");
        tracing::info!(lines = 3);
        let outer =
            tracing::info_span!("outer", file = "a.txt", later = Empty);
        let outer_entered = outer.enter();
        tracing::debug_span!("inner").in_scope(|| {
            outer.record("later", 7);
            tracing::info!("in both");
        });
        tracing::info!(parent: None, "in none");
        drop(outer_entered);
        tracing::info!(parent: &outer, lines = 3, "in one");
        assert_eq!(
            host.texts(),
            [
                r#"done lines=3 name="a""#,
                "lines=3",
                r#"outer{file="a.txt" later=7}: inner: in both"#,
                "in none",
                r#"outer{file="a.txt" later=7}: in one lines=3"#,
            ]
        );
    });
}

#[test]
fn an_event_of_several_lines_stays_one_call() {
    alone(|host| {
        nutshell_log::tracing::install(host.logger()).unwrap();
        tracing::info!(n = 1, "one\ntwo\n");
        assert_eq!(host.texts(), ["one\ntwo\n n=1"]);
    });
}

#[test]
fn a_level_that_the_host_does_not_keep_is_not_formatted() {
    alone(|host| {
        nutshell_log::tracing::install(host.logger()).unwrap();
        let say = |text: &dyn fmt::Display| {
            let span = tracing::debug_span!("span", %text);
            span.in_scope(|| tracing::info!("{text}"));
        };
        host.keep(&[Level::Error]);
        say(&Bomb);
        assert!(!tracing::enabled!(tracing::Level::INFO));
        // The host may change its mind, for the same lines of code.
        host.keep(&[Level::Info]);
        say(&"a");
        host.keep(support::ALL);
        say(&"b");
        host.keep(&[]);
        say(&Bomb);
        assert_eq!(host.texts(), ["a", "span{text=b}: b"]);
    });
}

#[test]
fn another_thread_may_log_and_has_its_own_spans() {
    alone(|host| {
        nutshell_log::tracing::install(host.logger()).unwrap();
        let _here = tracing::info_span!("here").entered();
        let log = || {
            tracing::info_span!("there", n = 1)
                .in_scope(|| tracing::info!("hello"));
        };
        thread::spawn(log).join().unwrap();
        tracing::info!("hello");
        assert_eq!(host.texts(), ["there{n=1}: hello", "here: hello"]);
    });
}

#[test]
fn a_second_install_is_an_error_and_changes_nothing() {
    alone(|host| {
        let install = || nutshell_log::tracing::install(host.logger());
        assert!(install().is_ok());
        assert!(install().is_err());
        tracing::info!("once");
        assert_eq!(host.texts(), ["once"]);
    });
}

#[test]
fn log_and_tracing_do_not_disturb_each_other() {
    alone(|host| {
        nutshell_log::tracing::install(host.logger()).unwrap();
        nutshell_log::install(host.logger()).unwrap();
        tracing::info!("one");
        log::info!("two");
        assert_eq!(host.texts(), ["one", "two"]);
    });
}

/// An interface catches the panics of a plugin, so it goes on.
#[test]
fn a_panic_while_an_event_is_formatted_spoils_no_other_event() {
    alone(|host| {
        nutshell_log::tracing::install(host.logger()).unwrap();
        let panics = || tracing::info!(n = 1, "before {Bomb}");
        catch_unwind(AssertUnwindSafe(panics)).unwrap_err();
        tracing::info!("after");

        let span = tracing::info_span!("span", n = 1, m = Empty);
        let panics = || span.record("m", display(Bomb));
        catch_unwind(AssertUnwindSafe(panics)).map(drop).unwrap_err();
        span.in_scope(|| tracing::info!("in it"));
        assert_eq!(host.texts(), ["after", "span{n=1}: in it"]);
    });
}

#[test]
fn a_value_that_cannot_be_formatted_leaves_the_rest_of_its_event() {
    struct Mute;
    impl fmt::Display for Mute {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            Err(fmt::Error)
        }
    }
    alone(|host| {
        nutshell_log::tracing::install(host.logger()).unwrap();
        tracing::info!("before {Mute}");
        assert_eq!(host.texts(), ["before "]);
    });
}

#[test]
fn a_value_that_logs_while_it_is_formatted_comes_first() {
    struct Chatty;
    impl fmt::Display for Chatty {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            tracing::info!("inside");
            f.write_str("chatty")
        }
    }
    alone(|host| {
        nutshell_log::tracing::install(host.logger()).unwrap();
        tracing::info!("{Chatty}");
        assert_eq!(host.texts(), ["inside", "chatty"]);

        let span = tracing::info_span!("span", m = Empty).entered();
        span.record("m", display(Chatty));
        tracing::info!("outside");
        let lines = ["span: inside", "span{m=chatty}: outside"];
        assert_eq!(host.texts(), lines);
    });
}

/// A panic there would abort the host.
#[test]
fn a_thread_may_log_while_it_ends() {
    struct Last;
    impl Drop for Last {
        fn drop(&mut self) {
            tracing::info!("last");
        }
    }
    thread_local! {
        #[allow(
            clippy::missing_const_for_thread_local,
            reason = "it is const, which the lint does not see on Windows"
        )]
        static LAST: RefCell<Option<Last>> = const { RefCell::new(None) };
    }
    alone(|host| {
        nutshell_log::tracing::install(host.logger()).unwrap();
        let (ended, end) = mpsc::channel();
        let log = move || {
            // Made first, so that it is dropped after all others.
            LAST.set(Some(Last));
            tracing::info_span!("begin").in_scope(|| {
                tracing::info!("first");
            });
            ended.send(()).unwrap();
        };
        thread::spawn(log).join().unwrap();
        end.recv().unwrap();
        assert_eq!(host.texts(), ["begin: first", "last"]);
    });
}

/// `traces` is a library with a copy of `tracing` of its own.
#[test]
fn a_plugin_and_its_host_have_each_a_dispatcher_of_their_own() {
    alone(|host| {
        let name = format!(
            "{}traces{}",
            env::consts::DLL_PREFIX,
            env::consts::DLL_SUFFIX
        );
        let program = env::current_exe().unwrap();
        let built = program.ancestors().nth(2).unwrap();
        let path = built.join("examples").join(name);
        // SAFETY: the library has no constructors.
        let library = unsafe { libloading::Library::new(&path) };
        let library = library.expect("cargo test builds the example");
        let library = Box::leak(Box::new(library));
        type Run = fn(Option<&'static dyn Log>);
        // SAFETY: the symbol `run` is of that type, and the same Cargo
        // has built both sides with the same compiler.
        let run = unsafe { library.get::<Run>("run").unwrap() };

        // Neither the host's subscriber gets the plugin's events,
        nutshell_log::tracing::install(host.logger()).unwrap();
        run(None);
        assert_eq!(host.texts(), [""; 0]);
        // nor does it keep the plugin from having one.
        run(Some(host));
        tracing::info!("of the host");
        assert_eq!(host.texts(), ["of the plugin", "of the host"]);
    });
}
