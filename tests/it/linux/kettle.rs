//! A plugin that brings a C library along, and what keeps glibc's loader
//! from opening such a library.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::host::{app, portable};
use crate::support::{
    Built, Ended, SAY_WHERE, copy, finish, folder, library, program,
    root, target,
};

/// Compiles a file of C beside the plugin into a library.
fn compile(source: &str, arguments: &[&str], to: &Path) {
    let source = root().join("tests/plugins/kettle").join(source);
    let mut cc = Command::new("cc");
    cc.args(["-shared", "-fPIC", "-o"]).arg(to).arg(source);
    let compiled = finish(cc.args(arguments));
    assert_eq!(compiled.code, Some(0), "{compiled:?}");
}

#[test]
fn the_kettle_finds_its_library_beside_it_and_nowhere_else() {
    let place = folder();
    let beside = place.path().join("lib");
    fs::create_dir(&beside).expect("a new folder");
    let whistle = beside.join("libkettle-whistle.so");
    let name = "-Wl,-soname,libkettle-whistle.so";
    compile("whistle.c", &[name], &whistle);
    let built = Built::by(
        Command::new(env!("CARGO"))
            .current_dir(root().join("tests/plugins/kettle"))
            .args(["build", "--quiet", "--locked", SAY_WHERE])
            .arg("--target-dir")
            .arg(target().join("in_kettle"))
            .env("WHISTLE_DIR", &beside),
    );
    copy(&built.library("kettle"), &library(place.path(), "kettle"));
    let ended = app(place.path(), &["boil"]);
    let expected = (Some(0), "the kettle whistles\n");
    assert_eq!((ended.code, &*ended.out), expected, "{ended:?}");

    fs::remove_file(whistle).expect("it is there");
    let out = portable(&app(place.path(), &[]).out);
    let refusal = "refused kettle: dlopen failed: libkettle-whistle.so: \
                   cannot open shared object file";
    assert!(out.contains(refusal), "{out}");
}

#[test]
fn what_wants_more_static_tls_than_there_is_cannot_be_opened() {
    let place = folder();
    let cups = library(place.path(), "cups");
    let host = || {
        let mut host = Command::new(program("basic-host"));
        host.arg(&cups).env_remove("GLIBC_TUNABLES");
        host
    };
    let opens = |ended: Ended| ended.out == "add(2, 40) = 42\n";
    compile("cups.c", &["-ftls-model=initial-exec"], &cups);
    let refused = finish(&mut host());
    let error = "cannot allocate memory in static TLS block";
    assert!(refused.err.contains(error), "{refused:?}");
    let larger = "glibc.rtld.optional_static_tls=8192";
    assert!(opens(finish(host().env("GLIBC_TUNABLES", larger))));
    compile("cups.c", &[], &cups);
    assert!(opens(finish(&mut host())));
}
