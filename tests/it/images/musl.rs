//! Why the app's image has a C library in it.

use std::env::consts;
use std::path::Path;
use std::process::Command;

use super::top;
use crate::support::{Built, SAY_WHERE, finish, folder, root, write};

/// It runs where the target is installed, as `rustup target add` does.
#[test]
fn a_static_program_loads_no_plugin() {
    let target = format!("{}-unknown-linux-musl", consts::ARCH);
    let installed =
        finish(Command::new("rustc").current_dir(root()).args([
            "--print",
            "target-libdir",
            "--target",
            &target,
        ]));
    if !Path::new(installed.out.trim()).exists() {
        return println!("skipped: rustup target add {target}");
    }
    let compile = |package: &str, flags: &str| {
        finish(
            Command::new("cargo")
                .current_dir(root())
                .args(["build", "--quiet", "--package", package])
                .args([SAY_WHERE, "--target", &target, "--target-dir"])
                .arg(top("static").join(package))
                .env("RUSTFLAGS", flags),
        )
    };
    let ended = compile("voice", "");
    let reason = "does not support these crate types";
    assert!(ended.err.contains(reason), "{ended:?}");

    let ended = compile("voice", "-C target-feature=-crt-static");
    let library = Built::of(&ended).library("voice");
    let folder = folder();
    let program = folder.path().join("opens");
    let source = write(folder.path().join("opens.rs"), OPENS);
    let ended = finish(
        Command::new("rustc")
            .current_dir(root())
            .args(["--edition=2024", "--target", &target, "-o"])
            .args([&program, &source]),
    );
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let ended = finish(Command::new(program).arg(library));
    assert_eq!(ended.out, "Dynamic loading not supported\n");

    // So the hosts are not built at all.
    for (host, reason) in [
        ("basic-host", "a statically linked program cannot open"),
        ("app", "a statically linked host cannot load plugins: musl"),
    ] {
        let ended = compile(host, "");
        assert_ne!(ended.code, Some(0), "{ended:?}");
        assert!(ended.err.contains(reason), "{ended:?}");
    }
    let ended = compile("app", "-C target-feature=-crt-static");
    assert_eq!(ended.code, Some(0), "{ended:?}");
}

/// Opens the library that it is given, and prints what came of it.
const OPENS: &str = r#"
use std::ffi::{CStr, CString, c_char, c_int, c_void};

unsafe extern "C" {
    fn dlopen(file: *const c_char, mode: c_int) -> *mut c_void;
    fn dlerror() -> *const c_char;
}

fn main() {
    let file = CString::new(std::env::args().nth(1).unwrap()).unwrap();
    // SAFETY: the test has built the library.
    if unsafe { dlopen(file.as_ptr(), 2) }.is_null() {
        // SAFETY: the last call has failed and left its text.
        let error = unsafe { CStr::from_ptr(dlerror()) };
        println!("{}", error.to_str().unwrap());
    } else {
        println!("opened");
    }
}
"#;
