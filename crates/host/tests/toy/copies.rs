//! Reload: a copy of a plugin's file is loaded beside what was loaded
//! before.

use std::env;
use std::fs::{self, File};
use std::path::PathBuf;

use nutshell_host::nutshell_plugin::Outcome;
use nutshell_host::{Candidate, Kind, Loader, Refusal, Trust};

use crate::room::{Room, brew, close, copy, registered};

/// The folder for temporary files, which the test has made for us.
fn temporary() -> PathBuf {
    let folder = env::temp_dir().canonicalize().expect("a folder");
    close(&folder);
    folder
}

/// The copies that are there.
fn copies() -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![temporary()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().expect("a folder").flatten() {
            match entry.path().is_dir() {
                true => folders.push(entry.path()),
                false if entry.file_name() == "lock" => {}
                false => files.push(entry.path()),
            }
        }
    }
    files
}

fn room() -> Room {
    temporary();
    Room::new()
}

#[test]
fn a_copy_registers_beside_what_was_loaded_before() {
    let mut room = room();
    let path = room.put("assam", "tea");
    assert_eq!(registered(room.reload(&path)), "tea");
    let assam = room.tea("Assam");
    // As a compiler may do it, over what is there.
    copy("darjeeling", &path);
    assert_eq!(registered(room.reload(&path)), "tea");
    assert_eq!(room.teas(), ["Darjeeling"]);
    let (cups, outcome, _) = brew(room.tea("Darjeeling"));
    assert_eq!((outcome, cups), (Outcome::Done, [2.0; 2]));
    // Whoever has the old one may go on using it.
    let (cups, outcome, _) = brew(assam);
    assert_eq!((outcome, cups), (Outcome::Done, [1.0; 2]));
}

// ANCHOR: statics
#[test]
fn each_generation_has_its_own_statics() {
    let mut room = room();
    let path = room.put("no_tea", "tea");
    for _ in 0..3 {
        let refusal = room.reload(&path).expect_err("it fails");
        assert_eq!(refusal.reason, "Failed: no tea, asked 1 time");
    }
}
// ANCHOR_END: statics

#[test]
fn a_generation_that_fails_leaves_the_one_before_it_in_place() {
    let mut room = room();
    let path = room.put("assam", "tea");
    registered(room.reload(&path));
    copy("no_tea", &path);
    let refusal = room.reload(&path).expect_err("it fails");
    assert_eq!((&refusal.path, refusal.kind), (&path, Kind::Register));
    assert_eq!(room.teas(), ["Assam"]);
    // Its name is not free, and the next generation may have it.
    let other = room.put_elsewhere("darjeeling", "tea");
    let refusal = room.reload(&other).expect_err("the name is taken");
    assert_eq!(refusal.reason, "another plugin is called tea");
    copy("darjeeling", &path);
    assert_eq!(registered(room.reload(&path)), "tea");
    assert_eq!(room.teas(), ["Darjeeling"]);
}

#[test]
fn a_copy_is_of_the_file_as_it_was() {
    let mut room = room();
    let path = room.put("assam", "tea");
    let first = room.loader.copy(&Candidate::new(&path));
    let first = first.expect("a copy");
    assert_eq!(first.path(), path);
    copy("darjeeling", &path);
    // A copy of a copy is one of the file as it is now.
    let second = room.loader.copy(&first).expect("a copy");
    for (copy, teas) in
        [(first, "Assam"), (second, "Darjeeling")]
    {
        let mut menu = tea_host::Menu::default();
        // SAFETY: the test has built the file.
        let loaded = unsafe {
            tea_host::load(&mut room.loader, &copy, &mut menu)
        };
        assert_eq!(registered(loaded), "tea");
        assert_eq!(menu.0[0].name(), teas);
    }
}

#[test]
fn a_plugin_of_another_folder_is_no_generation() {
    let mut room = room();
    let path = room.put("assam", "tea");
    registered(room.load(&path));
    let other = room.put_elsewhere("darjeeling", "tea");
    let refusal = room.reload(&other).expect_err("the name is taken");
    assert_eq!((&refusal.path, refusal.kind), (&other, Kind::Name));
    // But a plugin that was loaded itself may have generations.
    assert_eq!(registered(room.reload(&path)), "tea");
}

#[test]
fn a_file_that_is_refused_is_not_copied() {
    let mut room = room();
    let path = room.put("assam", "tea");
    let half = fs::read(&path).expect("a library");
    fs::write(&path, &half[..half.len() / 2]).expect("written");
    let Refusal { path: of, kind, .. } =
        room.reload(&path).expect_err("half a file");
    assert_eq!((of, kind), (path, Kind::CutShort));
    assert_eq!(copies(), [PathBuf::new(); 0]);
}

#[test]
fn the_copies_are_private_and_leave_nothing() {
    let mut room = room();
    let path = room.put("assam", "tea");
    for _ in 0..2 {
        registered(room.reload(&path));
    }
    copy("no_tea", &path);
    room.reload(&path).expect_err("it fails");
    // Windows keeps what is loaded.
    if !cfg!(windows) {
        assert_eq!(copies().len(), 1, "{:?}", copies());
    }
    assert!(copies().iter().all(|copy| is_private(copy)));
    drop(room);
    if !cfg!(windows) {
        assert_eq!(copies(), [PathBuf::new(); 0]);
        let left = temporary().read_dir().expect("a folder").count();
        assert_eq!(left, 0);
    }
}

/// Whether nobody else gets to a file.
fn is_private(file: &std::path::Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let above = file.ancestors().nth(2).expect("a folder");
        let mode = above.metadata().expect("a folder").permissions();
        return mode.mode() & 0o077 == 0;
    }
    #[cfg(not(unix))]
    {
        file.exists()
    }
}

#[test]
fn what_killed_processes_have_left_is_removed() {
    let dead = temporary().join("nutshell-copies-1-0");
    let alive = temporary().join("nutshell-copies-1-1");
    let foreign = temporary().join("nutshell-copies-1-2");
    for folder in [&dead, &alive, &foreign] {
        fs::create_dir(folder).expect("a folder");
        fs::write(folder.join("copy"), "").expect("a file");
    }
    File::create(dead.join("lock")).expect("a file");
    let lock = File::create(alive.join("lock")).expect("a file");
    lock.lock().expect("it is ours");
    let mut room = room();
    let path = room.put("assam", "tea");
    registered(room.reload(&path));
    assert!(!dead.exists());
    assert!(alive.join("copy").exists());
    assert!(foreign.join("copy").exists());
}

#[test]
fn under_strict_trust_a_private_copy_is_loaded() {
    let built = env::var_os("TOY_PLUGINS").expect("the plugins");
    let path = PathBuf::from(built).join(crate::room::file("assam"));
    let mut room = room();
    room.loader = Loader::new(Trust::Strict);
    match room.reload(&path) {
        Err(Refusal { kind: Kind::Untrusted, reason, .. })
        | Err(Refusal { kind: Kind::AnybodyWrites, reason, .. }) => {
            println!("skipped: {reason}");
        }
        loaded => assert_eq!(registered(loaded), "assam"),
    }
    // The rule holds for what is copied.
    if cfg!(unix) {
        let path = room.put("assam", "tea");
        let refusal = room.reload(&path).expect_err("below /tmp");
        assert_ne!(refusal.kind, Kind::Copy);
    }
}

#[test]
fn no_copy_can_be_made_where_there_is_no_room() {
    let mut room = room();
    let path = room.put("assam", "tea");
    fs::remove_dir(temporary()).expect("it is empty");
    let refusal = room.reload(&path).expect_err("no folder");
    assert_eq!((&refusal.path, refusal.kind), (&path, Kind::Copy));
    let text = "it cannot be copied: ";
    assert!(refusal.reason.starts_with(text), "{}", refusal.reason);
    fs::create_dir(env::temp_dir()).expect("a folder");
    close(&env::temp_dir());
    assert_eq!(registered(room.reload(&path)), "tea");
}
