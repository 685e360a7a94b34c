//! What only Linux shows of a process: which files it has mapped. And
//! its tools.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{built, folder, library};
use crate::{ALONE, load_folder, support};

/// On Linux the table of sections is at the end of the file, so no cut
/// of a plugin is ever opened.
#[test]
fn no_cut_of_a_plugin_is_opened() {
    let _alone = ALONE.lock();
    let bytes = fs::read(support::built_small("own_name")).unwrap();
    let folder = folder();
    for place in 0..200 {
        let cut = &bytes[..bytes.len() * place / 200];
        let path = library(folder.path(), &format!("cut{place:03}"));
        fs::write(path, cut).expect("a new file");
    }
    let refused = load_folder(folder.path());
    assert_eq!(refused.len(), 200);
    assert_eq!(mapped_from(folder.path()), Vec::<String>::new());
}

/// Every library of this machine, as a plugin.
#[test]
fn the_libraries_of_this_machine_are_refused_and_none_is_loaded() {
    let _alone = ALONE.lock();
    let plugins = folder();
    let mut count = 0;
    for place in
        ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"]
    {
        for entry in fs::read_dir(place).into_iter().flatten() {
            let path = entry.expect("it can be read").path();
            let name = path.file_name().unwrap().to_string_lossy();
            if name.contains(".so") && path.is_file() {
                let link =
                    library(plugins.path(), &format!("{count:04}"));
                std::os::unix::fs::symlink(&path, link)
                    .expect("a link");
                count += 1;
            }
        }
    }
    assert!(count > 50, "{count} libraries");
    let maps = || fs::read_to_string("/proc/self/maps").unwrap();
    let names = |maps: String| {
        maps.lines()
            .filter_map(|line| Some(line.split_once('/')?.1.to_owned()))
            .collect::<std::collections::BTreeSet<_>>()
    };
    let before = names(maps());
    let refused = load_folder(plugins.path());
    assert_eq!(refused.len(), count);
    assert_eq!(names(maps()), before, "something was loaded");
}

fn mapped_from(folder: &Path) -> Vec<String> {
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    let folder = folder.to_string_lossy();
    let lines = maps.lines().filter(|line| line.contains(&*folder));
    lines.map(str::to_owned).collect()
}

/// Valgrind sees each read and write of both examples.
#[test]
fn valgrind_finds_no_error_in_either_example() {
    let _alone = ALONE.lock();
    if Command::new("valgrind").arg("--version").output().is_err() {
        return println!("skipped: valgrind is not installed");
    }
    // It takes musl's allocator and its own for one.
    if cfg!(target_env = "musl") {
        return println!("skipped: valgrind knows no musl");
    }
    let folder = folder();
    support::copy(
        &library(built(), "voice"),
        &library(folder.path(), "voice"),
    );
    let plugins = folder.path().to_str().expect("UTF-8");
    for words in [
        &["basic-host"][..],
        &["app", "--plugins", plugins],
        &["app", "--plugins", plugins, "shout", "hello"],
    ] {
        let ended = support::finish(
            Command::new("valgrind")
                .args(["--quiet", "--error-exitcode=99"])
                .arg(built().join(words[0]))
                .args(&words[1..]),
        );
        assert_eq!(ended.code, Some(0), "{ended:?}");
    }
}
