//! Plugins that bring libraries along: what they need through their run
//! path is looked at before anything of it is opened. The libraries are
//! in C, and leave a mark when they are opened.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::host::{app, portable};
use crate::one_file::load_after;
use crate::support::{
    Built, Ended, copy, finish, folder, library, root, write,
};
use crate::workspace::Workspace;

/// Builds the plugin `voice` with other arguments for its linker, and
/// copies it.
fn voice(arguments: &[&str], to: &Path) {
    let workspace = Workspace::new();
    let mut cargo = workspace.cargo(env!("CARGO"), "rustc");
    let built = Built::by(cargo.arg("--").args(arguments));
    copy(&built.library("voice"), to);
}

/// A folder with a plugin, the library that it needs, and a place for
/// the mark.
struct Place {
    folder: tempfile::TempDir,
    marks: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: folder(), marks: folder() }
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    fn mark(&self) -> PathBuf {
        self.marks.path().join("opened")
    }

    /// Makes a library that answers a number and leaves a mark.
    fn helper(&self, file: &str, answer: u32, arguments: &[&str]) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().expect("a folder"))
            .expect("one");
        let source = write(
            self.marks.path().join("helper.c"),
            &format!(
                "#include <stdio.h>\n\
                 __attribute__((constructor)) static void open(void) {{\n\
                 fclose(fopen({:?}, \"w\")); }}\n\
                 int helper(void) {{ return {answer}; }}\n",
                self.mark()
            ),
        );
        let mut cc = Command::new("cc");
        cc.args(["-shared", "-fPIC", "-o"]).arg(&path).arg(source);
        let compiled = finish(cc.args(arguments));
        assert_eq!(compiled.code, Some(0), "{compiled:?}");
    }

    /// Makes a plugin that needs the library of this file, and looks for
    /// it there.
    fn plugin(&self, name: &str, helper: &str, run_path: &str) {
        let path = self.path(helper);
        let folder = path.parent().expect("a folder").display();
        let file = path.file_name().expect("a name").to_string_lossy();
        voice(
            &[
                "-Clink-arg=-Wl,--no-as-needed",
                &format!("-Clink-arg=-L{folder}"),
                &format!("-Clink-arg=-l:{file}"),
                &format!("-Clink-arg=-Wl,-rpath,{run_path}"),
            ],
            &library(self.folder.path(), name),
        );
    }

    fn app(&self, words: &[&str]) -> Ended {
        app(self.folder.path(), words)
    }

    /// The app refuses this, and has opened nothing.
    fn assert_refused(&self, line: &str) {
        let ended = self.app(&[]);
        let out = portable(&ended.out);
        assert!(out.contains(line), "{line}\n{out}");
        assert!(!out.contains("shout"), "{out}");
        assert!(!self.mark().exists(), "{line}: its constructor ran");
    }
}

/// A library that is needed is no plugin that is broken.
#[test]
fn what_a_plugin_brings_along_is_loaded_and_not_refused() {
    let place = Place::new();
    place.helper("libhelper.so", 1, &["-Wl,-soname,libhelper.so"]);
    place.plugin("voice", "libhelper.so", "$ORIGIN");
    let ended = place.app(&["--strict"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(
        ended.out,
        "voice\n  shout      say it loudly\n  whisper    say it softly\n\
         libhelper.so: needed by voice\n"
    );
    assert!(place.mark().exists());
}

#[test]
fn what_anybody_may_write_to_is_not_opened_by_way_of_a_plugin() {
    for depth in 0..2 {
        let place = Place::new();
        place.helper("lib/libdeep.so", 1, &["-Wl,-soname,libdeep.so"]);
        let deep = place.path("lib").display().to_string();
        place.helper(
            "libhelper.so",
            1,
            &[
                "-Wl,--no-as-needed,-rpath,$ORIGIN/lib",
                &format!("-L{deep}"),
                "-ldeep",
            ],
        );
        place.plugin("voice", "libhelper.so", "$ORIGIN");
        let file = ["libhelper.so", "lib/libdeep.so"][depth];
        let file = place.path(file);
        let mode = fs::Permissions::from_mode(0o777);
        fs::set_permissions(&file, mode).expect("a new mode");
        place.assert_refused(&format!(
            "refused voice: it needs {}: anybody may write to it",
            file.canonicalize().expect("it is there").display()
        ));
    }
}

/// Opening it would be a SIGBUS.
#[test]
fn what_is_cut_short_is_not_opened_by_way_of_a_plugin() {
    let place = Place::new();
    place.helper("libhelper.so", 1, &[]);
    place.plugin("voice", "libhelper.so", "$ORIGIN");
    let path = place.path("libhelper.so");
    let whole = fs::read(&path).expect("a library");
    fs::write(&path, &whole[..whole.len() / 2]).expect("it is there");
    place.assert_refused(": it is cut short; copy it again");
}

#[test]
fn what_is_a_pipe_a_folder_or_a_link_to_nothing_is_not_waited_for() {
    for (reason, kind) in [
        ("not a file", "p"),
        ("not a file", "d"),
        ("No such file", "l"),
    ] {
        let place = Place::new();
        place.helper("lib/libhelper.so", 1, &[]);
        place.plugin("voice", "lib/libhelper.so", "$ORIGIN/lib");
        let path = place.path("lib/libhelper.so");
        fs::remove_file(&path).expect("it is there");
        match kind {
            "p" => {
                let made = Command::new("mkfifo").arg(&path).status();
                assert!(made.is_ok_and(|status| status.success()));
            }
            "d" => fs::create_dir(&path).expect("a new folder"),
            _ => symlink("nowhere", &path).expect("a new link"),
        }
        place.assert_refused(&format!("libhelper.so: {reason}"));
    }
}

/// The loader prefers it on a processor that has what it is for.
#[test]
fn a_variant_for_newer_processors_is_looked_at_as_well() {
    let place = Place::new();
    let soname = ["-Wl,-soname,libhelper.so"];
    place.helper("libhelper.so", 1, &soname);
    let variant = "glibc-hwcaps/x86-64-v2/libhelper.so";
    place.helper(variant, 2, &soname);
    place.plugin("voice", "libhelper.so", "$ORIGIN");
    let mode = fs::Permissions::from_mode(0o777);
    fs::set_permissions(place.path(variant), mode).expect("a mode");
    place.assert_refused("libhelper.so: anybody may write to it");
}

/// The system's loader would hand the second plugin the library of the
/// first, without a word.
#[test]
fn two_libraries_of_one_name_do_not_stand_in_for_each_other() {
    for soname in [&["-Wl,-soname,libhelper.so.1"][..], &[]] {
        let place = Place::new();
        for (name, answer) in [("hare", 1), ("tortoise", 2)] {
            let helper = format!("{name}/libhelper.so.1");
            place.helper(&helper, answer, soname);
            place.plugin(name, &helper, &format!("$ORIGIN/{name}"));
        }
        let ended = place.app(&[]);
        let file = |name: &str| {
            let path = place.path(name).join("libhelper.so.1");
            path.canonicalize()
                .expect("it is there")
                .display()
                .to_string()
        };
        let line = format!(
            "refused tortoise: it needs {}, but {} of hare is loaded \
             under this name\n",
            file("tortoise"),
            file("hare")
        );
        let out = portable(&ended.out);
        assert!(out.starts_with("hare\n  shout"), "{out}");
        assert!(out.ends_with(&line), "{line}\n{out}");

        // The same file for both is another matter: the names clash.
        fs::remove_file(file("tortoise")).expect("it is there");
        fs::hard_link(
            file("hare"),
            place.path("tortoise/libhelper.so.1"),
        )
        .expect("a new name");
        let out = portable(&place.app(&[]).out);
        let line = "refused tortoise: register failed: the name shout";
        assert!(out.contains(line), "{out}");
    }
}

/// The loader opens it by its name, to find what it needs from there.
#[test]
fn a_plugin_with_needs_that_was_exchanged_is_refused() {
    let place = Place::new();
    place.helper("libhelper.so", 1, &[]);
    place.plugin("voice", "libhelper.so", "$ORIGIN");
    let plugin = library(place.folder.path(), "voice");
    let refused = load_after(&plugin, |path| {
        let new = path.with_extension("new");
        copy(path, &new);
        fs::rename(new, path).expect("a new file");
    });
    let refusal = refused.expect_err("it is another file");
    assert_eq!(
        refusal.reason,
        "replaced while it was loaded; start again"
    );
    let names = load_after(&plugin, |_| {});
    assert_eq!(names.expect("it is loaded"), ["shout", "whisper"]);
}

/// Two such plugins would share one panic hook.
#[test]
fn a_plugin_with_a_shared_standard_library_is_refused() {
    let place = Place::new();
    let plugin = library(place.folder.path(), "voice");
    voice(&["-Cprefer-dynamic"], &plugin);
    let out = portable(&place.app(&[]).out);
    let start = "no plugins\nrefused voice: it shares a standard library \
                 with others, libstd-";
    assert!(out.starts_with(start), "{out}");
}

/// Whatever the standard library's file is called.
#[test]
fn a_standard_library_under_another_name_is_noticed_when_it_is_open() {
    let place = Place::new();
    let plugin = library(place.folder.path(), "voice");
    let run_path = "-Clink-arg=-Wl,-rpath,$ORIGIN";
    voice(&["-Cprefer-dynamic", run_path], &plugin);
    let mut bytes = fs::read(&plugin).expect("it is built");
    let name = b"libstd-";
    while let Some(at) = bytes.windows(7).position(|part| part == name)
    {
        bytes[at + 3..at + 6].copy_from_slice(b"foo");
    }
    fs::write(&plugin, bytes).expect("it is there");
    let folder = finish(
        Command::new("rustc")
            .current_dir(root())
            .args(["--print", "target-libdir"]),
    );
    for entry in fs::read_dir(folder.out.trim()).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        if name.starts_with("libstd-") && name.ends_with(".so") {
            copy(&path, &place.path(&name.replace("std", "foo")));
        }
    }
    let out = portable(&place.app(&[]).out);
    let line = "refused voice: its standard library is that of another \
                file; build it without prefer-dynamic and without Rust \
                dylibs\n";
    assert!(out.ends_with(line), "{out}");
    assert!(!out.contains("shout"), "{out}");
}

/// A library that has a copy of a descriptor, and finds the register
/// function of a plugin that it links to.
#[test]
fn a_register_function_of_another_library_is_not_taken_for_its_own() {
    let place = Place::new();
    fs::create_dir(place.path("lib")).expect("a new folder");
    voice(&[], &place.path("lib/libreal.so"));
    let file = fs::File::open(place.path("lib/libreal.so"));
    let read = nutshell_host::read::read(&file.expect("it is there"));
    let section = read.expect("a library").section.expect("one");
    let bytes: String =
        section.iter().map(|byte| format!("{byte}, ")).collect();
    let source = write(
        place.path("thief.c"),
        &format!(
            "__attribute__((section(\".plugin\"), used))\n\
             const unsigned char PLUGIN_DESCRIPTOR[] = {{ {bytes} }};\n"
        ),
    );
    let compiled = finish(
        Command::new("cc")
            .args(["-shared", "-fPIC", "-Wl,--no-as-needed"])
            .arg(format!("-L{}", place.path("lib").display()))
            .args(["-l:libreal.so", "-Wl,-rpath,$ORIGIN/lib", "-o"])
            .arg(library(place.folder.path(), "thief"))
            .arg(source),
    );
    assert_eq!(compiled.code, Some(0), "{compiled:?}");
    let ended = place.app(&[]);
    assert_eq!(
        portable(&ended.out),
        "no plugins\nrefused thief: it has a descriptor, but no \
         plugin_register\n"
    );
}
