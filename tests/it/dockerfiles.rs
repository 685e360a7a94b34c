//! The images of Example 2: what their files promise, and how they are
//! tried.

use crate::images::{IMAGES, dockerfile, read};

// ANCHOR: pins
fn pin(toolchain: &str) -> &str {
    let channel =
        toolchain.lines().find_map(|l| l.strip_prefix("channel = "));
    channel.expect("a channel").trim_matches('"')
}

/// What is missing for host and plugins to be built by one compiler and
/// for one Debian. A digest may follow a tag.
fn not_one(pin: &str, builder: &str, app: &str) -> Vec<String> {
    let from = format!("FROM rust:{pin}-slim-trixie");
    let cc = "FROM gcr.io/distroless/cc-debian13:nonroot";
    let lines = [
        (builder, from.clone()),
        (builder, format!("ENV RUSTUP_TOOLCHAIN={pin}")),
        (app, format!("{from} AS build")),
        (app, cc.to_owned()),
    ];
    let missing = lines.into_iter().filter(|(file, line)| {
        let lines = file.lines().map(without_digest);
        lines.filter(|l| l == line).count() != 1
    });
    missing.map(|(_, line)| line).collect()
}

#[test]
fn both_images_and_the_toolchain_name_one_compiler() {
    let toolchain = read("rust-toolchain.toml");
    let pin = pin(&toolchain);
    let builder = dockerfile("plugin-builder");
    let app = dockerfile("app");
    assert_eq!(not_one(pin, &builder, &app), [""; 0]);

    // Whichever of the three moves alone, it is noticed.
    let moved = |text: &str| text.replace(pin, "1.0.0");
    assert_eq!(not_one("1.0.0", &builder, &app).len(), 3);
    assert_eq!(not_one(pin, &moved(&builder), &app).len(), 2);
    assert_eq!(not_one(pin, &builder, &moved(&app)).len(), 1);

    let digest = |length| format!("trixie@sha256:{:0>length$}", 7);
    let exact = app.replace("trixie", &digest(64));
    assert_eq!(not_one(pin, &builder, &exact), [""; 0]);
    let short = app.replace("trixie", &digest(63));
    assert_eq!(not_one(pin, &builder, &short).len(), 1);
}
// ANCHOR_END: pins

/// `FROM image:tag@sha256:… AS build` without what follows the `@`.
fn without_digest(line: &str) -> String {
    let Some((image, rest)) = line.split_once("@sha256:") else {
        return line.to_owned();
    };
    let length = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
    let end = if length == 64 { &rest[length..] } else { rest };
    format!("{image}{end}")
}

/// What a file for an image that runs must not do.
fn mistakes(text: &str, entrypoint: &str) -> Vec<&'static str> {
    let last_stage = text.rsplit("\nFROM ").next().unwrap_or_default();
    let user =
        last_stage.lines().rev().find(|l| l.starts_with("USER "));
    let is_numeric = |user: &str| {
        user.split(':').all(|id| id.parse::<u32>().is_ok_and(|n| n > 0))
    };
    let mut found = Vec::new();
    if text.lines().any(|line| line.starts_with("VOLUME")) {
        found.push("VOLUME hides what is mounted, under some engines");
    }
    match user.and_then(|line| line.strip_prefix("USER ")) {
        None => found.push("without USER it runs as root"),
        Some(user) if is_numeric(user) => {}
        Some(_) => found.push("USER is not two numbers above 0"),
    }
    if last_stage.lines().filter(|l| *l == entrypoint).count() != 1 {
        found.push("the ENTRYPOINT is another one");
    }
    found
}

const BUILDS: &str =
    r#"ENTRYPOINT ["cargo", "build", "--release", "--package"]"#;
const RUNS: &str = r#"ENTRYPOINT ["app", "--plugins", "/app/plugins"]"#;

#[test]
fn the_images_run_what_they_promise_and_not_as_root() {
    let builder = dockerfile("plugin-builder");
    assert_eq!(mistakes(&builder, BUILDS), [""; 0]);
    let app = dockerfile("app");
    assert_eq!(mistakes(&app, RUNS), [""; 0]);
    assert!(!dockerfile("plugin").contains("VOLUME"));

    for (from, to, mistake) in [
        ("USER 65532:65532\n", "", "without USER"),
        ("USER 65532:65532\n", "USER root\n", "USER is not"),
        ("USER 65532:65532\n", "USER 0:0\n", "USER is not"),
        ("USER 65532:65532\n", "USER 65532:root\n", "USER is not"),
        ("USER 65532", "VOLUME /app/plugins\nUSER 65532", "VOLUME"),
        ("\"/app/plugins\"", "\"/plugins\"", "the ENTRYPOINT"),
        ("[\"app\", \"--plugins\"", "app --plugins", "the ENTRYPOINT"),
    ] {
        let found = mistakes(&app.replace(from, to), RUNS);
        assert_eq!(found.len(), 1, "{to}: {found:?}");
        assert!(found[0].starts_with(mistake), "{to}: {found:?}");
    }
    let early = "FROM x\nUSER 1:1\nFROM y\n";
    assert_eq!(mistakes(early, RUNS).len(), 2);
}

/// What the script that tries the images does not take from them.
fn not_taken(prove: &str) -> Vec<&'static str> {
    let (_, run) = prove.split_once("\" run --rm").expect("a run");
    let (run, _) = run.split_once('}').expect("its end");
    let limits = [
        "--network none",
        "--cap-drop ALL",
        "--security-opt no-new-privileges",
        "--read-only",
    ];
    limits.into_iter().filter(|limit| !run.contains(limit)).collect()
}

#[test]
fn the_images_are_tried_without_network_privileges_or_a_way_to_them() {
    let prove = read(&format!("{IMAGES}/prove.sh"));
    assert_eq!(not_taken(&prove), [""; 0]);
    let limit = "--security-opt no-new-privileges";
    assert_eq!(not_taken(&prove.replace(limit, "")), [limit]);
}
