//! What is no way to a file, and what the system says of others.

use super::*;

#[test]
fn a_path_to_nothing_has_the_systems_text() {
    let place = Place::new();
    let dangling = place.link("dangling", "nothing");
    let file = place.file("file", 0o644);
    for trust in [NO_OTHERS, STRICT, Trust::Anyone] {
        let nothing = Path::new("/nothing/nowhere");
        assert_eq!(way_error(nothing, trust), NOT_FOUND);
        assert_eq!(folder_error(nothing, trust), NOT_FOUND);
    }
    assert_eq!(way_error(&dangling, NO_OTHERS), NOT_FOUND);
    let no_folder = "Not a directory (os error 20)";
    assert_eq!(folder_error(&file, NO_OTHERS), no_folder);
    assert_eq!(way_error(&file.join("p.so"), NO_OTHERS), no_folder);
    assert_eq!(way_error(&place.at(".."), NO_OTHERS), "is a directory");
}

#[test]
fn a_relative_path_begins_in_the_current_folder() {
    let here = std::env::current_dir().expect("a current folder");
    leads_to(Path::new("Cargo.toml"), Trust::Anyone, &{
        here.join("Cargo.toml")
    });
    let folder = resolve_folder(Path::new("."), Trust::Anyone);
    assert_eq!(folder.expect("nothing is checked").path(), here);
}

#[test]
fn in_a_folder_that_was_checked_only_the_last_step_is() {
    let place = Place::new();
    place.folder("above/plugins", 0o755);
    place.folder("open", 0o777);
    let file = place.file("above/plugins/a.so", 0o644);
    let real = place.file("open/b.so", 0o644);
    place.link("above/plugins/b.so", &real);
    let folder = resolve_folder(&place.at("above/plugins"), NO_OTHERS)
        .expect("nobody else may write");

    place.folder("above", 0o777);
    let found = folder.resolve(OsStr::new("a.so"));
    assert_eq!(found.expect("no look above"), file);
    let error = folder.resolve(OsStr::new("b.so"));
    let error = error.expect_err("the whole way of a link");
    let reason = place.on_the_way("anybody", "open");
    assert_eq!(error.to_string(), reason);
    let error = folder.resolve(OsStr::new("c.so"));
    assert_eq!(error.expect_err("nothing").to_string(), NOT_FOUND);
    for name in ["", ".", "..", "/", "../plugins/a.so", "x/../a.so"] {
        let error = folder.resolve(OsStr::new(name));
        let error = error.expect_err("not one step").to_string();
        assert_eq!(error, "invalid filename");
    }
}

/// A fixed sequence of numbers that look like chance.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005) + 1;
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }
}

#[test]
fn what_is_found_is_what_the_system_finds() {
    let place = Place::new();
    let mut chance = Chance(42);
    let mut found = 0;
    let names = ["a", "b", "c", "d"];
    let root = place.at("");
    for round in 0..40 {
        let base = format!("{round}");
        place.folder(&base, 0o755);
        let path = |chance: &mut Chance| {
            let steps = ["a", "b", "c", "d", ".."];
            let mut path = match chance.below(4) {
                0 => root.join(&base),
                _ => PathBuf::new(),
            };
            for _ in 0..=chance.below(4) {
                path.push(steps[chance.below(steps.len())]);
            }
            path
        };
        for n in 0..16 {
            let mut at = place.at(&base);
            for _ in 0..=n / 6 {
                at.push(names[chance.below(4)]);
            }
            // Not all of them have a place or are new.
            _ = match chance.below(5) {
                0 => fs::write(&at, ""),
                1 | 2 => fs::create_dir(&at),
                _ => symlink(path(&mut chance), &at),
            };
        }
        for _ in 0..50 {
            let path = place.at(&base).join(path(&mut chance));
            let Ok(expected) = path.canonicalize() else {
                assert!(resolve(&path, Trust::Anyone).is_err());
                assert!(resolve_folder(&path, NO_OTHERS).is_err());
                continue;
            };
            found += 1;
            if expected.is_dir() {
                let ours = resolve_folder(&path, Trust::Anyone);
                let ours = ours.expect("nothing is checked");
                assert_eq!(ours.path(), expected);
            } else {
                leads_to(&path, Trust::Anyone, &expected);
            }
        }
    }
    assert!(found > 300, "{found} paths of 2000 are too few");
}
