//! How `make` puts a plugin where a running host has the old one open.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::process::Command;

use crate::support::{copy, finish, folder, root, write};

/// What is in the folder of plugins after two builds, and what was put
/// aside, by the rules of a system.
fn installed_twice(system: &str, file: &str) -> [Vec<String>; 2] {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let voice = "examples/02-registration/plugins/voice";
    for name in ["bin", "target/debug", voice] {
        fs::create_dir_all(path(name)).expect("a new folder");
    }
    copy(&root().join("Makefile"), &path("Makefile"));
    write(path(voice).join("Cargo.toml"), "");
    write(path(voice).join("voice.txt"), "");
    // Builds a new plugin each time.
    let cargo = write(path("bin/cargo"), "#!/bin/sh\n");
    let mode = fs::Permissions::from_mode(0o755);
    fs::set_permissions(cargo, mode).expect("a new mode");
    let make = |text: &str| {
        write(path("target/debug").join(file), text);
        let programs =
            format!("{}:/usr/bin:/bin", path("bin").display());
        let ended = finish(
            Command::new("make")
                .current_dir(folder.path())
                .arg(format!("OS={system}"))
                .arg(format!("target/plugins/{file}"))
                .env("PATH", programs),
        );
        assert_eq!(ended.code, Some(0), "{ended:?}");
    };
    make("old");
    let place = path("target/plugins").join(file);
    let first = fs::metadata(&place).expect("a plugin").ino();
    make("new");
    assert_eq!(fs::read_to_string(&place).expect("a plugin"), "new");
    // Not written into: a host has the old file open.
    assert_ne!(fs::metadata(&place).expect("a plugin").ino(), first);
    ["target/plugins", "target/replaced"].map(|name| {
        let files = fs::read_dir(path(name)).into_iter().flatten();
        let text = |file: fs::DirEntry| {
            fs::read_to_string(file.path()).expect("a text")
        };
        let mut texts: Vec<_> = files.flatten().map(text).collect();
        texts.sort();
        texts
    })
}

/// Linux and macOS keep the old file for whoever has it open. Windows
/// lets it be renamed, but not replaced.
#[test]
fn the_old_plugin_is_replaced_or_on_windows_renamed_away_first() {
    let none = Vec::<String>::new();
    assert_eq!(
        installed_twice("Windows_NT", "voice.dll"),
        [vec![String::new(), "new".into()], vec!["old".into()]]
    );
    let file = if cfg!(target_os = "macos") {
        "libvoice.dylib"
    } else {
        "libvoice.so"
    };
    assert_eq!(
        installed_twice("", file),
        [vec![String::new(), "new".into()], none]
    );
}
