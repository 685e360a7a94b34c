//! What a host sees of the mechanism. Each check runs in a process of
//! its own, with a folder of its own.

mod copies;
mod room;

use std::fs::{self, File};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, SystemTime};

use answer::Answer;
use nutshell_host::nutshell_plugin::{Interface, Outcome};
use nutshell_host::{Candidate, Kind, Loader, Refusal, Trust, inspect};
use tea_host::contained;

use room::{Room, before, brew, close, copy, file, registered};

// ---------------------------------------------------- the methods ---

#[test]
fn a_plugin_registers_and_each_method_works() {
    let mut room = Room::new();
    for name in ["assam", "darjeeling"] {
        let path = room.put(name, name);
        assert_eq!(registered(room.load(&path)), name);
    }
    assert_eq!(room.teas(), ["Assam", "Darjeeling"]);
    let (mut cups, mut error) = ([0.0; 3], String::new());
    let mut told = Vec::new();
    let mut done = |cups| told.push(cups);
    let mut done = contained(&mut done);
    let tea = room.tea("Darjeeling");
    let outcome = tea.brew(&mut cups, &mut done, &mut error);
    drop(done);
    assert_eq!((outcome, cups), (Outcome::Done, [2.0; 3]));
    assert_eq!(told, [0, 1, 2]);
    assert_eq!(tea.add("milk", &mut error), Outcome::Done);
    assert_eq!(error, "");
    let (cups, outcome, _) = brew(room.tea("Assam"));
    assert_eq!((outcome, cups), (Outcome::Done, [1.0; 2]));
}

#[test]
fn an_error_of_a_method_ends_as_failed_with_its_text() {
    let mut room = Room::new();
    let path = room.put("assam", "assam");
    registered(room.load(&path));
    let mut error = String::new();
    let outcome = room.tea("Assam").add("milk", &mut error);
    assert_eq!(outcome, Outcome::Failed);
    assert_eq!(error, "there is no milk in Assam");
}

#[test]
fn a_panic_of_a_method_ends_as_panicked_with_its_message() {
    let mut room = Room::new();
    let path = room.put("spilled", "spilled");
    registered(room.load(&path));
    let tea = room.tea("Spilled");
    // Nothing breaks by it, so it may happen again.
    for _ in 0..2 {
        let (cups, outcome, error) = brew(tea);
        assert_eq!(outcome, Outcome::Panicked);
        assert_eq!(error, "the pot is empty after 1 cup");
        assert_eq!(cups, [1.0, 0.0]);
        let mut error = String::new();
        assert_eq!(tea.add("milk", &mut error), Outcome::Panicked);
        assert_eq!(error, "the milk is sour");
    }
}

#[test]
fn a_panic_while_it_registers_refuses_a_plugin_with_its_message() {
    let mut room = Room::new();
    let path = room.put("nameless", "nameless");
    let reason = "Panicked: what was it called?".to_owned();
    assert_eq!(room.refusal(&path), (Kind::Register, reason));
    assert_eq!(room.teas(), [""; 0]);
}

#[test]
fn a_panic_of_a_callback_does_not_unwind_into_the_plugin() {
    let mut room = Room::new();
    let path = room.put("darjeeling", "darjeeling");
    registered(room.load(&path));
    let (mut cups, mut error) = ([0.0; 2], String::new());
    let mut told = 0;
    let mut done = |_| {
        told += 1;
        panic!("nobody is thirsty");
    };
    let outcome = room.tea("Darjeeling").brew(
        &mut cups,
        &mut contained(&mut done),
        &mut error,
    );
    // The plugin has gone on after each of them.
    assert_eq!((outcome, told), (Outcome::Done, 2));
    assert_eq!((cups, &*error), ([2.0; 2], ""));
}

/// What [`contained`] is for.
#[test]
#[ignore = "it ends the process"]
fn a_panic_that_crosses() {
    let mut room = Room::new();
    let path = room.put("darjeeling", "darjeeling");
    registered(room.load(&path));
    let mut done = |_| panic!("nobody is thirsty");
    let (mut cups, mut error) = ([0.0; 2], String::new());
    room.tea("Darjeeling").brew(&mut cups, &mut done, &mut error);
}

// ------------------------------------------------- the interfaces ---

/// Loads a plugin of a small interface: its answer.
fn answer<I>(loader: &mut Loader, path: &Path) -> Result<u32, Refusal>
where
    I: Interface<Register = second_api::Register>,
{
    let mut answer = Answer::default();
    let mut error = String::new();
    let file = Candidate::new(path);
    let call = |register: I::Register, _: &_| match register(
        &mut answer,
        &mut error,
    ) {
        Outcome::Done => Ok(()),
        outcome => Err(format!("{outcome:?}: {error}")),
    };
    // SAFETY: the test has built the file.
    unsafe { loader.load::<I, _>(&file, call) }?;
    Ok(answer.number)
}

fn reason<T>(result: Result<T, Refusal>) -> (Kind, String) {
    let refusal = result.err().expect("it is refused");
    (refusal.kind, refusal.reason)
}

#[test]
fn a_plugin_of_another_product_is_named_as_such_before_anything_else() {
    let mut room = Room::new();
    // Its interface has another name, version and source as well.
    let command = room.put("command", "command");
    let text = "a plugin of app, not of tea room";
    let refusal = room.refusal(&command);
    assert_eq!(refusal, (Kind::OtherProduct, text.to_owned()));

    let assam = room.put("assam", "assam");
    let loader = &mut room.loader;
    let refusal =
        reason(answer::<command_api::Interface>(loader, &assam));
    let text = "a plugin of tea room, not of app";
    assert_eq!(refusal, (Kind::OtherProduct, text.to_owned()));

    // Each has its own host, and neither refusal is in the way of it.
    let found = answer::<command_api::Interface>(loader, &command);
    assert_eq!(found.expect("it is not refused"), 42);
    assert_eq!(registered(room.load(&assam)), "assam");
}

#[test]
fn a_plugin_for_another_interface_of_the_product_is_named_as_such() {
    let mut room = Room::new();
    let path = room.put("coffee", "coffee");
    let text = "a plugin for the interface coffee-api, not for the \
                interface tea-api";
    let refusal = room.refusal(&path);
    assert_eq!(refusal, (Kind::OtherProduct, text.to_owned()));
}

#[test]
fn one_loader_serves_two_versions_of_an_interface() {
    let mut room = Room::new();
    room.put("assam", "first");
    room.put("second", "second");
    let mut answers = Vec::new();
    let files = room.loader.scan(&room.folder).expect("the folder");
    for file in files {
        // The version is known before anything opens.
        let found = inspect(&file, Trust::default()).expect("a plugin");
        match found.descriptor().get("api-version") {
            "1.0.0" => drop(registered(room.load(file.path()))),
            "2.0.0" => answers.push(answer::<second_api::Interface>(
                &mut room.loader,
                file.path(),
            )),
            other => panic!("{other}"),
        }
    }
    assert_eq!(room.teas(), ["Assam"]);
    let answers: Result<Vec<u32>, Refusal> =
        answers.into_iter().collect();
    assert_eq!(answers.expect("they are not refused"), [42]);

    // Neither is called by the other's type.
    let second = room.put("second", "third");
    let (kind, reason) = room.refusal(&second);
    assert_eq!(kind, Kind::Incompatible);
    let text = "built with api-version 2.0.0, ";
    assert!(reason.starts_with(text), "{reason}");
    assert!(reason.contains("this app with api-version 1.0.0, "));
}

#[test]
fn a_type_that_crosses_must_have_the_same_size() {
    let mut room = Room::new();
    let path = room.put("coffee", "coffee");
    let loader = &mut room.loader;
    let found = answer::<coffee_api::Interface>(loader, &path);
    assert_eq!(found.expect("it is not refused"), 42);

    let path = room.put("bigger", "bigger");
    let loader = &mut room.loader;
    let (kind, reason) =
        reason(answer::<coffee_api::Interface>(loader, &path));
    assert_eq!(kind, Kind::Incompatible);
    // Nothing else differs.
    let fields: Vec<&str> = reason.split([' ', ',']).collect();
    let [_, _, "layout", one, _, _, _, _, "layout", other] = fields[..]
    else {
        panic!("{reason}");
    };
    assert_ne!(one, other);
}

// ----------------------------------------------------- the loader ---

#[test]
fn a_file_is_known_by_each_of_its_names() {
    let mut room = Room::new();
    let path = room.put("assam", "assam");
    assert_eq!(registered(room.load(&path)), "assam");
    assert_eq!(before(room.load(&path)), "assam");
    let hard = room.path("hard");
    fs::hard_link(&path, &hard).expect("a link");
    assert_eq!(before(room.load(&hard)), "hard");
    #[cfg(unix)]
    {
        let soft = room.path("soft");
        std::os::unix::fs::symlink(&hard, &soft).expect("a link");
        assert_eq!(before(room.load(&soft)), "soft");
    }
    assert_eq!(room.teas(), ["Assam"]);
}

#[test]
fn a_plugin_that_fails_is_refused_again_by_any_name() {
    let mut room = Room::new();
    let path = room.put("no_tea", "no_tea");
    let again = room.path("again");
    fs::hard_link(&path, &again).expect("a link");
    // It counts its calls: there is one.
    let reason = "Failed: no tea, asked 1 time";
    for path in [&path, &again, &path] {
        let refusal = room.refusal(path);
        assert_eq!(refusal, (Kind::Register, reason.to_owned()));
    }
}

#[test]
fn the_name_of_a_plugin_that_failed_is_free() {
    let mut room = Room::new();
    let path = room.put("no_tea", "tea");
    assert_eq!(room.refusal(&path).0, Kind::Register);
    // Its place is, too.
    let away = room.path("away");
    fs::rename(&path, &away).expect("another name");
    room.put("assam", "tea");
    assert_eq!(registered(room.load(&path)), "tea");
    let refusal = room.refusal(&away);
    assert_eq!(refusal.1, "Failed: no tea, asked 1 time");
    assert_eq!(room.teas(), ["Assam"]);
}

#[test]
fn two_plugins_of_one_name_do_not_meet() {
    let mut room = Room::new();
    let path = room.put("assam", "tea");
    assert_eq!(registered(room.load(&path)), "tea");
    let other = room.put_elsewhere("darjeeling", "tea");
    let reason = "another plugin is called tea".to_owned();
    assert_eq!(room.refusal(&other), (Kind::Name, reason));
    // By another name it is as good as any.
    let renamed = room.path("leaves");
    fs::rename(&other, &renamed).expect("a new name");
    assert_eq!(registered(room.load(&renamed)), "leaves");
}

#[test]
fn a_file_renamed_over_a_plugin_is_refused_and_the_old_one_works() {
    let mut room = Room::new();
    let path = room.put("assam", "tea");
    assert_eq!(registered(room.load(&path)), "tea");
    let rebuilt = room.folder.join("rebuilt");
    copy("darjeeling", &rebuilt);
    // Windows keeps what is loaded from being replaced in one step.
    if cfg!(windows) {
        fs::rename(&path, room.path("old")).expect("it moves");
    }
    fs::rename(&rebuilt, &path).expect("it takes the place");
    let reason = "it was replaced since it was loaded; start again to \
                  load the new one";
    for _ in 0..2 {
        let refusal = room.refusal(&path);
        assert_eq!(refusal, (Kind::Replaced, reason.to_owned()));
    }
    assert_eq!(room.teas(), ["Assam"]);
    let (cups, outcome, _) = brew(room.tea("Assam"));
    assert_eq!((outcome, cups), (Outcome::Done, [1.0; 2]));
}

#[test]
fn a_plugin_that_was_written_to_is_refused() {
    if cfg!(windows) {
        println!("skipped: nobody can write to what is loaded");
        return;
    }
    let mut room = Room::new();
    let path = room.put("assam", "tea");
    assert_eq!(registered(room.load(&path)), "tea");
    // As if somebody had; truly writing would break what is loaded.
    let earlier = SystemTime::now() - Duration::from_secs(60);
    let open = File::options().write(true).open(&path);
    open.and_then(|file| file.set_modified(earlier)).expect("a time");
    let reason = "it was changed since it was loaded; start again";
    let refusal = room.refusal(&path);
    assert_eq!(refusal, (Kind::Replaced, reason.to_owned()));
}

#[test]
fn one_loader_serves_two_folders() {
    let mut room = Room::new();
    for (folder, plugin) in [("a", "assam"), ("b", "darjeeling")] {
        let folder = room.folder(folder);
        copy(plugin, &folder.join(file(plugin)));
        for file in room.loader.scan(&folder).expect("a folder") {
            assert_eq!(registered(room.load(file.path())), plugin);
        }
    }
    assert_eq!(room.teas(), ["Assam", "Darjeeling"]);
}

#[test]
fn a_second_scan_finds_what_has_registered() {
    let mut room = Room::new();
    for name in ["assam", "no_tea"] {
        room.put(name, name);
    }
    for round in 0..2 {
        if round == 1 {
            room.put("darjeeling", "darjeeling");
        }
        let files = room.loader.scan(&room.folder).expect("a folder");
        let loaded = files.iter().map(|f| room.load(f.path()));
        let loaded: Vec<_> = loaded.collect();
        let mut loaded = loaded.into_iter();
        let mut next = || loaded.next().expect("a file");
        if round == 0 {
            assert_eq!(registered(next()), "assam");
        } else {
            assert_eq!(before(next()), "assam");
            assert_eq!(registered(next()), "darjeeling");
        }
        let text = "Failed: no tea, asked 1 time";
        assert_eq!(reason(next()), (Kind::Register, text.to_owned()));
        assert!(loaded.next().is_none());
    }
    assert_eq!(room.teas(), ["Assam", "Darjeeling"]);
}

#[test]
fn a_panic_of_the_host_leaves_the_loader_usable() {
    let mut room = Room::new();
    let path = room.put("assam", "tea");
    let opened = room.open(&path);
    let call = |_, _: &_| -> Result<(), String> { panic!("no water") };
    let register = AssertUnwindSafe(|| room.loader.register(opened, call));
    assert!(catch_unwind(register).is_err());

    // The plugin may be half-way registered, so it is refused, ...
    let reason = "register did not return".to_owned();
    assert_eq!(room.refusal(&path), (Kind::Register, reason));
    // ... and its name is free.
    let other = room.put_elsewhere("darjeeling", "tea");
    assert_eq!(registered(room.load(&other)), "tea");
    assert_eq!(room.teas(), ["Darjeeling"]);
}

#[test]
fn a_plugin_that_never_registered_is_not_taken_for_registered() {
    let mut room = Room::new();
    let path = room.put("assam", "tea");
    let opened = room.open(&path);
    let text = "it is open, but its register function was not called";
    let refusal = room.refusal(&path);
    assert_eq!(refusal, (Kind::Register, text.to_owned()));
    // It still may.
    let call = |_, _: &_| Ok::<(), String>(());
    let loaded = room.loader.register(opened, call);
    assert_eq!(registered(loaded), "tea");
    assert_eq!(before(room.load(&path)), "tea");
}

#[test]
fn a_refusal_has_the_path_the_kind_and_the_reason() {
    let mut room = Room::new();
    let path = room.put("no_tea", "tea");
    let refusal = room.load(&path).expect_err("it is refused");
    assert_eq!(refusal.path, path);
    assert_eq!(refusal.kind, Kind::Register);
    assert_eq!(refusal.reason, "Failed: no tea, asked 1 time");
    let (shown, path) = (refusal.to_string(), path.display());
    assert_eq!(shown, format!("{path}: {}", refusal.reason));
    // It is an error like any other.
    let _: Box<dyn std::error::Error + Send + Sync> = refusal.into();

    let text = room.folder.join(file("text"));
    fs::write(&text, "no library").expect("a file");
    close(&text);
    assert_eq!(room.refusal(&text).0, Kind::NotALibrary);
    let nothing = room.path("nothing");
    let refusal = room.load(&nothing).expect_err("it is refused");
    assert_eq!(refusal.path, nothing);
}

#[test]
fn a_file_that_did_not_open_is_not_remembered() {
    if !cfg!(target_os = "linux") {
        println!("skipped: other linkers do not make such a file");
        return;
    }
    let mut room = Room::new();
    let path = room.put("missing", "tea");
    let (kind, reason) = room.refusal(&path);
    assert_eq!(kind, Kind::Loader);
    assert!(reason.contains("nobody_pours"), "{reason}");
    // Nothing of it is in memory. What is written there later, or to a
    // new file that gets its number, is another plugin.
    room.put("assam", "tea");
    assert_eq!(registered(room.load(&path)), "tea");
}
