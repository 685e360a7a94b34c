//! The crates as others get them: packaged, unpacked elsewhere and used
//! from there, they make the same plugin.

use std::collections::BTreeMap;
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use nutshell_host::{Candidate, Trust, inspect};

use crate::workspace::{
    self, BUILT, MECHANISM, Mechanism, assam, cargo, is_packaged,
    output,
};

#[test]
fn packaged_crates_make_a_plugin_of_the_same_descriptor() {
    if is_packaged() {
        println!("skipped: these crates are packaged ones");
        return;
    }
    let _lock = workspace::lock(&workspace::folder("packages"));
    let ours = Mechanism::beside_this();
    let unpacked =
        Mechanism { crates: unpack(&pack()), lock: ours.lock.clone() };
    for name in MECHANISM {
        assert_ne!(unpacked.crates[name], ours.crates[name]);
    }
    let fields = |plugin: &Path| {
        let plugin = Candidate::new(plugin);
        let found = inspect(&plugin, Trust::Anyone).expect("a plugin");
        let fields = found.descriptor().fields();
        let owned = |(a, b): (&str, &str)| (a.to_owned(), b.to_owned());
        fields.map(owned).collect::<Vec<_>>()
    };
    let folder = workspace::folder("of-packaged");
    let theirs = fields(&assam(&folder, &unpacked));
    let file = format!("{DLL_PREFIX}assam{DLL_SUFFIX}");
    let ours = fields(&BUILT.plugins.join(file));
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert_eq!(ours, theirs);
    }
    assert_eq!(ours.len(), theirs.len());
    // They are all there.
    for name in ["product", "nutshell-source", "layout", "panic"] {
        let mut fields = theirs.iter();
        let is_there = |(field, value): &(String, String)| {
            field == name && !value.is_empty()
        };
        assert!(fields.any(is_there), "{name}: {theirs:?}");
    }
}

/// Packages the crates: the folder of the archives.
fn pack() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = workspace::folder("packages");
    let mut command = cargo(here);
    command.args(["package", "--offline", "--allow-dirty"]);
    command.args(["--no-verify", "--quiet"]);
    command.arg("--target-dir").arg(&target);
    for name in MECHANISM {
        command.args(["--package", name]);
    }
    output(command);
    target.join("package")
}

/// Unpacks the archives where nothing else is: the folder of each.
fn unpack(archives: &Path) -> BTreeMap<String, PathBuf> {
    let folder = workspace::folder("unpacked");
    let version = env!("CARGO_PKG_VERSION");
    let unpack = |name: &str| {
        let crate_name = format!("{name}-{version}");
        let unpacked = folder.join(&crate_name);
        if unpacked.exists() {
            fs::remove_dir_all(&unpacked).expect("an old one");
        }
        let archive = archives.join(format!("{crate_name}.crate"));
        let archive = File::open(archive).expect("an archive");
        // Some tars take a drive's letter for a host's name. With the
        // times of the archive, Cargo would take all of it for old.
        let mut tar = Command::new("tar");
        tar.arg("-xzm").current_dir(&folder).stdin(archive);
        output(tar);
        (name.to_owned(), unpacked)
    };
    MECHANISM.into_iter().map(unpack).collect()
}
