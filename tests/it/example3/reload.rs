//! Reloads lose no picture, and a build that is refused changes nothing.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use darkroom::develop::develop;
use darkroom::filters::Filters;
use darkroom::picture::RgbaImage;
use darkroom::room::Room;
use darkroom::steps::parse;

use crate::alone::alone;
use crate::host::{add_plugin, plugins};
use crate::support::library;

#[test]
fn a_hundred_reloads_lose_no_picture() {
    alone(|| {
        let folder = plugins(&["tint_red"]);
        let path = library(folder.path(), "tint");
        fs::rename(library(folder.path(), "tint_red"), &path)
            .expect("renamed");
        let mut room = Room::new(folder.path().to_owned(), true);
        // SAFETY: the test has built the plugins.
        let reload = |room: &mut Room| unsafe { room.load_changed() };
        reload(&mut room).expect("a folder");
        let now = Mutex::new(room.filters().clone());
        let (done, is_over) =
            (AtomicUsize::new(0), AtomicBool::new(false));
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    while !is_over.load(Ordering::SeqCst) {
                        let filters =
                            now.lock().expect("no panic").clone();
                        tint(&filters);
                        done.fetch_add(1, Ordering::SeqCst);
                    }
                });
            }
            for generation in 0..100 {
                let next = ["tint_blue", "tint_red"][generation % 2];
                // In place, as a compiler may do it.
                add_plugin(folder.path(), next, "tint");
                let changed = reload(&mut room).expect("a folder");
                assert_eq!(changed, (vec!["tint".to_owned()], vec![]));
                let colour = [BLUE, RED][generation % 2];
                assert_eq!(tint(room.filters()), colour);
                *now.lock().expect("no panic") = room.filters().clone();
                // Each generation is in use before the next.
                let before = done.load(Ordering::SeqCst);
                while done.load(Ordering::SeqCst) < before + 3 {
                    thread::yield_now();
                }
            }
            is_over.store(true, Ordering::SeqCst);
        });
        assert!(done.into_inner() >= 300);
    });
}

const RED: [u8; 4] = [255, 0, 0, 255];
const BLUE: [u8; 4] = [0, 0, 255, 255];

/// Develops a picture with the filter `tint`: its only colour.
fn tint(filters: &Filters) -> [u8; 4] {
    let step = parse("tint", filters).expect("the filter");
    let mut picture = RgbaImage::new(8, 8);
    develop(&mut picture, &step, |_| true).expect("it works");
    let colours: BTreeSet<_> = picture.pixels().map(|p| p.0).collect();
    assert_eq!(colours.len(), 1, "{colours:?}");
    colours.into_iter().next().expect("one")
}

#[test]
fn a_build_that_is_refused_leaves_the_one_before_it() {
    alone(|| {
        let folder = plugins(&["grey"]);
        add_plugin(folder.path(), "tint_red", "tint");
        let path = library(folder.path(), "tint");
        let mut room = Room::new(folder.path().to_owned(), true);
        // SAFETY: the test has built the plugins.
        let reload = |room: &mut Room| unsafe { room.load_changed() };
        reload(&mut room).expect("a folder");
        let half = fs::read(&path).expect("it is there");
        for (name, reason) in [
            ("voice", "a plugin of app, not of darkroom"),
            ("misnamed", "cannot be a filter's name"),
            ("grey", "the name grey of its filter is taken by grey"),
            ("", "it is cut short; copy it again"),
        ] {
            match name {
                "" => fs::write(&path, &half[..1000]).expect("written"),
                name => add_plugin(folder.path(), name, "tint"),
            }
            let (loaded, refused) =
                reload(&mut room).expect("a folder");
            assert_eq!(loaded, [""; 0]);
            let end = format!("{reason}; the one before it goes on");
            assert!(refused[0].ends_with(&end), "{refused:?}");
            assert_eq!(tint(room.filters()), RED);
            // It is not tried again until it changes.
            let again = reload(&mut room).expect("a folder");
            assert_eq!(again, (vec![], vec![]));
        }
        add_plugin(folder.path(), "tint_blue", "tint");
        reload(&mut room).expect("a folder");
        assert_eq!(tint(room.filters()), BLUE);
    });
}
