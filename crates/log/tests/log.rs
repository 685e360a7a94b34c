//! What a plugin logs with the `log` crate, as its host gets it.

mod support;

use std::thread;

use nutshell_plugin::Level;
use support::{Bomb, alone};

#[test]
fn a_line_arrives_with_its_level_and_nothing_added() {
    alone(|host| {
        nutshell_log::install(host.logger()).unwrap();
        log::error!("one");
        log::warn!("two");
        log::info!("{}", "three");
        log::debug!("four");
        log::trace!(target: "elsewhere", "five");
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
fn a_text_of_several_lines_stays_one_call() {
    alone(|host| {
        nutshell_log::install(host.logger()).unwrap();
        log::info!("one\ntwo\n");
        assert_eq!(host.texts(), ["one\ntwo\n"]);
    });
}

#[test]
fn a_level_that_the_host_does_not_keep_is_not_formatted() {
    alone(|host| {
        nutshell_log::install(host.logger()).unwrap();
        host.keep(&[Level::Error]);
        log::info!("{Bomb}");
        assert!(!log::log_enabled!(log::Level::Info));
        // The host may change its mind.
        host.keep(support::ALL);
        log::info!("kept");
        assert_eq!(host.texts(), ["kept"]);
    });
}

#[test]
fn another_thread_may_log() {
    alone(|host| {
        nutshell_log::install(host.logger()).unwrap();
        thread::spawn(|| log::info!("there")).join().unwrap();
        assert_eq!(host.texts(), ["there"]);
    });
}

#[test]
fn a_second_install_is_an_error_and_changes_nothing() {
    alone(|host| {
        assert!(nutshell_log::install(host.logger()).is_ok());
        assert!(nutshell_log::install(host.logger()).is_err());
        log::info!("once");
        assert_eq!(host.texts(), ["once"]);
    });
}

#[test]
fn without_install_nothing_arrives() {
    alone(|host| {
        log::error!("{Bomb}");
        assert_eq!(host.texts(), [""; 0]);
    });
}
