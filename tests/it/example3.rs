//! What is said of Example 3: what its filters do to a picture, what
//! happens to one that fails, and how little code that takes.

mod reload;

use std::collections::BTreeSet;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use darkroom::develop::{Failure, develop};
use darkroom::filters::Filters;
use darkroom::picture::{self, RgbaImage};
use darkroom::room::Room;
use darkroom::steps::parse;

use crate::alone::alone;
use crate::host::plugins;
use crate::support::{
    Ended, cargo, copy, files, library, root, run, write,
};

/// The filters of the example, and the one of interface version 1.
pub fn filters() -> tempfile::TempDir {
    static OLD: LazyLock<PathBuf> = LazyLock::new(|| {
        let manifest = root().join("tests/old-filter/Cargo.toml");
        let manifest = manifest.to_str().expect("UTF-8");
        let old = ["build", "--quiet", "--locked", "--manifest-path"];
        cargo(&[&old[..], &[manifest]].concat()).library("old")
    });
    let folder = plugins(&["blur", "clumsy", "grey", "vignette"]);
    copy(&OLD, &library(folder.path(), "old"));
    folder
}

/// The picture of the example.
pub fn crab() -> PathBuf {
    root().join("examples/03-darkroom/crab.png")
}

/// Runs the darkroom with a folder and these words, files among them.
pub fn darkroom<S: Into<OsString> + Clone>(
    folder: &Path,
    words: &[S],
) -> Ended {
    let mut arguments =
        vec![OsString::from("--plugins"), folder.into()];
    arguments.extend(words.iter().cloned().map(Into::into));
    run("darkroom", &arguments)
}

/// Develops the crab: what the darkroom says, and the picture.
fn developed(steps: &[&str]) -> (Ended, Option<RgbaImage>) {
    let (filters, folder) = (filters(), crate::support::folder());
    let out = folder.path().join("out.png");
    let mut words = vec![crab().into_os_string(), out.clone().into()];
    words.extend(steps.iter().map(OsString::from));
    let ended = darkroom(filters.path(), &words);
    (ended, picture::read(&out).ok())
}

// --------------------------------------------------- what it does ---

#[test]
fn each_filter_is_listed_with_its_numbers() {
    let filters = filters();
    let ended = darkroom(filters.path(), &["filters"]);
    assert_eq!(
        ended.out,
        "blur         mixes each pixel with those around it\n  \
           radius     0 to 100, by default 4\n\
         clumsy       wants to pull the picture upwards, and drops it\n\
         grey         takes the colours out\n\
         old          makes the picture look old\n  \
           years      0 to 100, by default 50\n\
         vignette     darkens the corners\n  \
           strength   0 to 1, by default 0.7\n"
    );
    assert_eq!((ended.code, &*ended.err), (Some(0), ""));
}

#[test]
fn each_filter_does_to_the_picture_what_it_says() {
    let original = picture::read(&crab()).expect("the crab");
    let of = |steps: &[&str]| {
        let (ended, picture) = developed(steps);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert!(
            ended.out.ends_with("out.png: developed\n"),
            "{ended:?}"
        );
        let picture = picture.expect("it was written");
        assert_eq!(picture.dimensions(), original.dimensions());
        picture
    };
    let (width, height) = original.dimensions();
    let [corner, middle] = [(0, 0), (width / 2, height / 2)];
    let at = |picture: &RgbaImage, (x, y)| picture.get_pixel(x, y).0;

    let is_grey = |[r, g, b, _]: [u8; 4]| r == g && g == b;
    assert!(of(&["grey"]).pixels().all(|pixel| is_grey(pixel.0)));
    assert!(!original.pixels().all(|pixel| is_grey(pixel.0)));

    let vignette = of(&["vignette:strength=1"]);
    assert!(at(&vignette, corner)[..3].iter().all(|part| *part < 8));
    assert_eq!(at(&vignette, middle)[3], 255);
    let less = |a: u8, b: u8| b - a;
    let [[r, ..], [old, ..]] =
        [at(&vignette, middle), at(&original, middle)];
    assert!(less(r, old) <= 1, "{r} instead of {old}");

    assert_eq!(of(&["blur:radius=0"]), original);
    // All that is near is all there is, so it is the same everywhere.
    let colours = |picture: &RgbaImage| {
        let pixels = picture.pixels().map(|pixel| pixel.0);
        pixels.collect::<BTreeSet<_>>().len()
    };
    assert!(colours(&of(&["blur:radius=2"])) > colours(&original));

    let [r, g, b, _] = at(&of(&["old:years=100"]), middle);
    assert!(r > g && g > b, "{r} {g} {b} is not brown");

    // In this order.
    let both = of(&["old:years=100", "grey"]);
    assert!(both.pixels().all(|pixel| is_grey(pixel.0)));
    assert_ne!(of(&["grey", "old:years=100"]), both);
}

#[test]
fn a_filter_that_panics_leaves_the_picture_and_names_place_and_plugin()
{
    let (filters, folder) = (filters(), crate::support::folder());
    let out = write(folder.path().join("out.png"), "as it was");
    let words = [crab(), out.clone(), "clumsy".into()];
    let ended = darkroom(filters.path(), &words);
    let source = "examples/03-darkroom/plugins/clumsy/src/lib.rs";
    let text = fs::read_to_string(root().join(source));
    let text = text.expect("its source");
    let line = (1..).zip(text.lines()).find(|(_, line)| {
        line.contains("picture.pixels[at] = picture.pixels[")
    });
    let (line, _) = line.expect("the line that panics");
    let [from, to] = [
        format!("clumsy: its filter clumsy panicked: {source}:{line}:"),
        format!(
            ": index out of bounds: the len is 153600 but the index is \
             153600; {} was not written\n",
            out.display()
        ),
    ];
    let err = ended.err.replace('\\', "/");
    assert!(err.starts_with(&from), "{ended:?}");
    assert!(err.ends_with(&to.replace('\\', "/")), "{ended:?}");
    assert_eq!((ended.code, &*ended.out), (Some(1), ""));
    assert_eq!(fs::read_to_string(&out).expect("it is"), "as it was");
    assert_eq!(fs::read_dir(folder.path()).expect("it").count(), 1);
}

#[test]
fn a_step_that_fails_keeps_the_steps_before_it() {
    alone(|| {
        let filters = loaded(filters());
        let step = |text| parse(text, &filters).expect("a filter");
        let mut picture = picture::read(&crab()).expect("the crab");
        develop(&mut picture, &step("grey"), |_| true).expect("grey");
        let grey = picture.clone();
        let clumsy = develop(&mut picture, &step("clumsy"), |_| true);
        assert!(matches!(clumsy, Err(Failure::Failed(_))));
        assert_eq!(picture, grey);
        // Nor does one that is cancelled half-way, or a host that panics.
        let blur = step("blur");
        let cancelled = develop(&mut picture, &blur, |row| row < 100);
        assert_eq!(cancelled, Err(Failure::Cancelled));
        let cancelled = develop(&mut picture, &blur, |_| panic!("oh"));
        assert_eq!(cancelled, Err(Failure::Cancelled));
        assert_eq!(picture, grey);
    });
}

/// What the plugins of a folder offer to this process.
fn loaded(folder: tempfile::TempDir) -> Filters {
    let mut room = Room::new(folder.path().to_owned(), false);
    // SAFETY: the test has built the plugins.
    let loaded = unsafe { room.load_changed() };
    let (_, refused) = loaded.expect("a folder");
    assert_eq!(refused, [""; 0]);
    room.filters().clone()
}

/// The slides are made without Cargo, so the picture on one is a file.
#[test]
fn the_picture_on_the_slide_is_what_the_darkroom_makes() {
    let (_, made) = developed(&["blur:radius=8", "vignette"]);
    let made = made.expect("it was written");
    let shown = root().join("examples/03-darkroom/developed.png");
    if env::var_os("UPDATE").is_some() {
        picture::write(&shown, &made).expect("it is written");
    }
    let shown = picture::read(&shown).expect("the picture");
    assert!(shown == made, "run UPDATE=1 cargo test, and look at it");
}

// ------------------------------------------------------ bad input ---

/// A PNG with this size in its header, and nothing else.
fn header(width: u32, height: u32) -> Vec<u8> {
    let mut chunk = b"IHDR".to_vec();
    chunk.extend(width.to_be_bytes());
    chunk.extend(height.to_be_bytes());
    chunk.extend([8, 6, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    let crc = chunk.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            crc >> 1 ^ (0xedb8_8320 & 0_u32.wrapping_sub(crc & 1))
        })
    });
    png.extend(chunk);
    png.extend((!crc).to_be_bytes());
    png.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
    png
}

#[test]
fn each_mistake_has_one_line_that_begins_with_the_file() {
    let (filters, folder) = (filters(), crate::support::folder());
    let path = |name: &str| folder.path().join(name);
    let whole = fs::read(crab()).expect("the crab");
    for (name, bytes) in [
        ("text.png", &b"hello"[..]),
        ("half.png", &whole[..whole.len() / 2]),
        ("wide.png", &header(20_001, 1)),
        ("huge.png", &header(19_999, 19_999)),
        ("empty.png", b""),
    ] {
        fs::write(path(name), bytes).expect("a file");
    }
    fs::create_dir(path("folder.png")).expect("a folder");
    let too_large = "too large: a side may have 20000 pixels, and the \
                     picture may take 512 MiB of memory";
    for (name, reason) in [
        ("text.png", "not a PNG: Invalid PNG signature."),
        ("half.png", "it is cut short; copy it again"),
        ("empty.png", "it is cut short; copy it again"),
        ("wide.png", too_large),
        ("huge.png", too_large),
        ("folder.png", "not a file"),
    ] {
        let words = [path(name), path("out.png"), "grey".into()];
        let ended = darkroom(filters.path(), &words);
        let line = format!("{}: {reason}\n", path(name).display());
        assert_eq!(ended.err, line);
        assert_eq!((ended.code, &*ended.out), (Some(1), ""));
    }
    let not_found = fs::read_dir(path("none")).expect_err("none");
    let not_found = not_found.to_string();
    for (name, reason) in [
        (
            "out.jpg",
            "a PNG is written; give it a name that ends in .png",
        ),
        ("out", "a PNG is written; give it a name that ends in .png"),
        ("folder.png", "not a file"),
        ("none/out.png", &*not_found),
    ] {
        let words = [crab(), path(name), "grey".into()];
        let ended = darkroom(filters.path(), &words);
        let line = format!("{}: {reason}\n", path(name).display());
        assert_eq!(ended.err, line);
        assert_eq!((ended.code, &*ended.out), (Some(1), ""));
    }
    let names = "blur, clumsy, grey, old, vignette";
    for (step, reason) in [
        ("sepia", &*format!("no such filter; there is {names}")),
        ("", &format!("no such filter; there is {names}")),
        (
            "blur:radius=101",
            "radius is a number from 0 to 100, not \"101\"",
        ),
        (
            "blur:radius=-1",
            "radius is a number from 0 to 100, not \"-1\"",
        ),
        (
            "blur:radius=NaN",
            "radius is a number from 0 to 100, not \"NaN\"",
        ),
        (
            "blur:radius=inf",
            "radius is a number from 0 to 100, not \"inf\"",
        ),
        ("blur:radius=", "radius is a number from 0 to 100, not \"\""),
        ("blur:radius", "\"radius\" is not NAME=VALUE"),
        ("blur:", "\"\" is not NAME=VALUE"),
        ("blur:size=1", "no parameter \"size\"; it has radius"),
        ("grey:size=1", "no parameter \"size\"; it has none"),
        ("blur:radius=1:radius=2", "radius is there twice"),
    ] {
        let words = [crab(), path("out.png"), step.into()];
        let ended = darkroom(filters.path(), &words);
        assert_eq!(ended.err, format!("{step}: {reason}\n"));
        assert_eq!((ended.code, &*ended.out), (Some(2), ""));
    }
    assert!(!path("out.png").exists());
    assert!(!path("none").exists());
}

#[test]
fn a_folder_without_filters_and_no_folder_are_told_apart() {
    let folder = crate::support::folder();
    let ended = darkroom(folder.path(), &["filters"]);
    assert_eq!((ended.code, &*ended.out), (Some(0), "no filters\n"));
    let none = folder.path().join("none");
    let ended = darkroom(&none, &["filters"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.err.starts_with(&format!("{}: ", none.display())));
    let ended = run("darkroom", &["filters"]);
    assert_eq!(ended.err, "--plugins DIR is missing\n");
    assert_eq!(ended.code, Some(2));
}

#[test]
fn what_is_refused_is_named_and_the_others_work() {
    let folder = plugins(&["grey", "misnamed", "voice"]);
    copy(
        &library(filters().path(), "old"),
        &library(folder.path(), "old"),
    );
    // The next version, as far as the descriptor goes.
    let path = library(folder.path(), "old");
    let bytes = fs::read(&path).expect("a plugin");
    let [from, to] = ["api-version=1.0.0", "api-version=3.0.0"];
    let at =
        bytes.windows(from.len()).position(|w| w == from.as_bytes());
    let at = at.expect("its version");
    let mut bytes = bytes.clone();
    bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
    fs::write(&path, bytes).expect("written");

    let ended = darkroom(folder.path(), &["filters"]);
    assert_eq!(ended.out, "grey         takes the colours out\n");
    let lines: Vec<&str> = ended.err.lines().collect();
    let ends = [
        ": \"a\\u{1b}[31m b\" cannot be a filter's name",
        "; build it with the compiler of this app, and version 1.0.0 \
         or 2.0.0 of filter-api",
        ": a plugin of app, not of darkroom",
    ];
    assert_eq!(lines.len(), ends.len(), "{}", ended.err);
    for (line, end) in lines.iter().zip(ends) {
        assert!(line.ends_with(end), "{line}");
    }
}

// ---------------------------------------------------- how little ---

/// Lines that are not blank and not only for the book.
fn lines_of(file: &str) -> usize {
    let text = fs::read_to_string(root().join(file));
    let text = text.unwrap_or_else(|error| panic!("{file}: {error}"));
    let is_code = |line: &&str| {
        !line.trim().is_empty() && !line.contains("// ANCHOR")
    };
    text.lines().filter(is_code).count()
}

#[test]
fn the_interface_has_at_most_80_lines_and_loading_at_most_40() {
    let example = "examples/03-darkroom";
    for api in ["api", "api-1"] {
        let source = lines_of(&format!("{example}/{api}/src/lib.rs"));
        let script = lines_of(&format!("{example}/{api}/build.rs"));
        assert!(source + script <= 80, "{source} + {script}");
    }
    let loading = lines_of(&format!("{example}/host/src/load.rs"));
    assert!(loading <= 40, "{loading}");
}

#[test]
fn no_filter_has_unsafe_code() {
    let filters = files(".rs").into_iter().filter(|(file, _)| {
        file.starts_with("examples/03-darkroom/plugins/")
            || file.starts_with("tests/old-filter/")
    });
    let mut count = 0;
    for (file, text) in filters {
        assert!(!text.contains("unsafe"), "{file}");
        count += 1;
    }
    assert!(count >= 5, "only {count} files");
}
