//! The host of Example 2 as the tests use it: folders of plugins, the
//! program `app` over them, and its library in this process.

use std::ffi::OsStr;
use std::path::Path;

use app::registry::Registry;
use command_api::Interface;
use nutshell_host::{Descriptor, Loader, Trust};

use crate::alone::is_alone;
use crate::support::{Ended, built, copy, folder, library, run};

/// A folder with these plugins of `tests/plugins/`, or of the example.
pub fn plugins(names: &[&str]) -> tempfile::TempDir {
    let folder = folder();
    for name in names {
        add_plugin(folder.path(), name, name);
    }
    folder
}

/// Puts a plugin into the folder, under a name of its own.
pub fn add_plugin(folder: &Path, name: &str, new_name: &str) {
    let built = library(built(), name);
    let from = if built.exists() {
        built
    } else {
        library(&crate::support::built().join("examples"), name)
    };
    copy(&from, &library(folder, new_name));
}

/// Runs the program `app` with this folder and these words.
pub fn app(folder: &Path, words: &[&str]) -> Ended {
    let mut arguments = vec!["--plugins".as_ref(), folder.as_os_str()];
    arguments.extend(words.iter().map(AsRef::<OsStr>::as_ref));
    run("app", &arguments)
}

/// What the app prints, with the platform's file names made like those
/// of Linux.
pub fn portable(text: &str) -> String {
    let (prefix, suffix) =
        (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    text.lines()
        .map(|line| {
            let Some(rest) = line.strip_prefix("refused ") else {
                return format!("{line}\n");
            };
            let rest = rest.strip_prefix(prefix).unwrap_or(rest);
            let rest = rest.replacen(suffix, "", 1);
            format!("refused {rest}\n")
        })
        .collect()
}

/// A folder with one library in it, under that name.
pub fn folder_with(plugin: &Path, name: &str) -> tempfile::TempDir {
    let folder = folder();
    copy(plugin, &library(folder.path(), name));
    folder
}

/// Loads the folder into this process, with a loader of its own.
pub fn load(folder: &Path) -> Registry {
    assert!(is_alone(), "what a test loads is loaded in `alone`");
    let mut loader = Loader::new(Trust::NoOthers);
    let mut registry = Registry::new(&[]);
    // SAFETY: the tests have built what is in the folder.
    let report =
        unsafe { app::load_folder(folder, &mut loader, &mut registry) };
    let report = report.expect("the folder can be read");
    assert!(report.refused.is_empty(), "{report:?}");
    registry
}

/// A field of the app's own descriptor.
pub fn own(field: &str) -> String {
    Descriptor::own::<Interface>().get(field).to_owned()
}
