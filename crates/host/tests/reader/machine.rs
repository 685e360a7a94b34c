//! Libraries that this machine makes, and those that it has.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use nutshell_host::read::{self, Library, ReadError};

use crate::alone;
use crate::support::Counted;

/// Compiles with `cc`; `None`, and a word about it, where there is none.
fn compile(
    folder: &Path,
    source: &str,
    file: &str,
    options: &[&str],
) -> Option<PathBuf> {
    if Command::new("cc").arg("--version").output().is_err() {
        println!("skipped: there is no cc");
        return None;
    }
    let extension = if source.starts_with('\t') { "s" } else { "c" };
    let from = folder.join(file).with_extension(extension);
    fs::write(&from, source).expect("a new file");
    let to = folder.join(file);
    let ended = Command::new("cc")
        .args(["-shared", "-fPIC", "-nostdlib", "-o"])
        .args([&to, &from])
        .arg(format!("-L{}", folder.display()))
        .args(options)
        .status();
    assert!(ended.expect("cc runs").success(), "{options:?}");
    Some(to)
}

fn read_file(path: &Path) -> Result<Library, ReadError> {
    read::read(&File::open(path).expect("it is there"))
}

const SOURCE: &str = "
    __attribute__((section(\".plugin\"), used))
    const char descriptor[64] = \"rust plugin descriptor\";
";

#[test]
fn what_the_linker_was_told_is_read() {
    let _alone = alone();
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let helper = ["-Wl,-soname,libhelper.so.1"];
    let compiled = compile(folder, "", "libhelper.so", &helper);
    if compiled.is_none() {
        return;
    }
    let needs = ["-Wl,--no-as-needed", "-lhelper"];
    let path = "-Wl,-rpath,$ORIGIN/a:/b";
    let made = |file, options: &[&str]| {
        let options = [&needs[..], options].concat();
        let path = compile(folder, SOURCE, file, &options);
        read_file(&path.expect("there is a cc")).expect("a library")
    };
    let newer = made("a.so", &[path, "-Wl,--enable-new-dtags"]);
    assert!(newer.section.expect("it").starts_with(b"rust plugin"));
    assert_eq!(newer.platform, read::own_platform());
    assert_eq!(newer.needed, ["libhelper.so.1"]);
    assert_eq!(newer.run_paths, ["$ORIGIN/a", "/b"]);
    assert_eq!((newer.name, newer.inherits), (None, false));
    let older = made("b.so", &[path, "-Wl,--disable-new-dtags"]);
    assert_eq!(older.run_paths, ["$ORIGIN/a", "/b"]);
    assert!(older.inherits);
    let named = made("c.so", &["-Wl,-soname,own name"]);
    assert_eq!(named.name.as_deref(), Some("own name"));
    assert!(named.run_paths.is_empty() && !named.inherits);
    let filter = made("d.so", &["-Wl,-f,one", "-Wl,-F,two"]);
    let needed: BTreeSet<_> = filter.needed.into_iter().collect();
    let expected = ["libhelper.so.1", "one", "two"].map(str::to_owned);
    assert_eq!(needed, expected.into());
}

#[test]
fn symbols_cost_nothing() {
    let _alone = alone();
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let mut source = "\t.section .plugin,\"aR\",@progbits\n\
                      \t.ascii \"rust plugin descriptor\"\n\t.data\n"
        .to_owned();
    let read = |source: &str, file| {
        let path = compile(folder, source, file, &[])?;
        let file = File::open(path).expect("it was made");
        let length = file.metadata().expect("it has a size").len();
        let counted = Counted::new(&file);
        let library = read::read_from(&counted).expect("a library");
        assert!(library.section.is_some());
        Some((length, counted.reads(), counted.bytes()))
    };
    let Some((_, few_reads, few_bytes)) = read(&source, "few.so")
    else {
        return;
    };
    for number in 0..300_000 {
        writeln!(source, "\t.globl s{number}\ns{number}: .byte 0")
            .expect("memory");
    }
    let (length, reads, bytes) = read(&source, "many.so").expect("cc");
    println!("{few_reads} reads, {few_bytes} bytes");
    println!("{reads} reads, {bytes} bytes of {length}");
    assert!(length > 20_000_000, "{length}");
    assert!(reads <= 5, "{reads} reads");
    assert!(bytes <= 32 << 10, "{bytes} bytes");
}

/// Whatever a library of this machine is, readelf sees the same in it.
#[test]
fn readelf_agrees_about_the_libraries_of_this_machine() {
    let _alone = alone();
    if Command::new("readelf").arg("--version").output().is_err() {
        return println!("skipped: there is no readelf");
    }
    let mut count = 0;
    for folder in
        ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"]
    {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("it can be read").path();
            let name = path.file_name().unwrap().to_string_lossy();
            let is_file = path.symlink_metadata().unwrap().is_file();
            if name.contains(".so") && is_file {
                count += usize::from(agrees(&path));
            }
        }
    }
    assert!(count > 50, "{count} libraries");
    println!("{count} libraries");
}

/// Whether it is a library, about which both agree.
fn agrees(path: &Path) -> bool {
    let library = match read_file(path) {
        Ok(library) => library,
        Err(error) => {
            let expected = "not a library: Unknown file magic";
            assert_eq!(error.to_string(), expected, "{path:?}");
            let bytes = fs::read(path).expect("it can be read");
            assert!(!bytes.starts_with(b"\x7fELF"), "{path:?}");
            return false;
        }
    };
    assert_eq!(library.section, None, "{path:?}");
    let output = Command::new("readelf")
        .env("LC_ALL", "C")
        .arg("-dW")
        .arg(path)
        .output()
        .expect("readelf runs");
    let text = String::from_utf8_lossy(&output.stdout);
    let values = |kind: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| line.contains(kind));
        let value = |line: &str| {
            let (_, value) = line.split_once('[')?;
            Some(value.rsplit_once(']')?.0.to_owned())
        };
        lines.filter_map(value).collect()
    };
    let name = values("(SONAME)").pop();
    let (newer, older) = (values("(RUNPATH)"), values("(RPATH)"));
    let inherits = newer.is_empty() && !older.is_empty();
    let paths = newer.into_iter().chain(older).next();
    let paths: Vec<_> = match &paths {
        Some(paths) => paths.split(':').collect(),
        None => Vec::new(),
    };
    assert_eq!(library.needed, values("(NEEDED)"), "{path:?}");
    assert_eq!(library.name, name, "{path:?}");
    assert_eq!(library.run_paths, paths, "{path:?}");
    assert_eq!(library.inherits, inherits, "{path:?}");
    true
}
