//! What `app inspect` prints.

use crate::host::own;
use crate::support::{built, library, program, run};

#[test]
fn inspect_shows_each_field_and_whether_it_agrees() {
    let plugin = library(built(), "voice");
    let ended = run("app", &["inspect".as_ref(), plugin.as_os_str()]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let lines: Vec<_> = ended.out.lines().collect();
    let first = format!("{}: agrees with this app", plugin.display());
    assert_eq!(lines[0], first);
    for field in [
        format!("= platform          {}", own("platform")),
        "  plugin            voice".to_owned(),
        "  version           0.1.0".to_owned(),
        format!("= target            {}", own("target")),
        "= api-version       0.1.0".to_owned(),
        format!("= api-source        {}", own("api-source")),
        "= panic             unwind".to_owned(),
        "  opt-level         0".to_owned(),
        "  debug-assertions  yes".to_owned(),
    ] {
        assert!(lines.contains(&&*field), "{field}\n{}", ended.out);
    }
}

#[test]
fn inspect_prints_json_for_scripts() {
    let voice = library(built(), "voice");
    let arguments =
        ["inspect".as_ref(), "--json".as_ref(), voice.as_os_str()];
    let ended =
        run("app", &[&arguments[..], &["README.md".as_ref()]].concat());
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let json: serde_json::Value =
        serde_json::from_str(&ended.out).expect("it is JSON");
    assert_eq!(json[0]["refused"], serde_json::Value::Null);
    let fields = json[0]["fields"].as_array().expect("an array");
    let version = serde_json::json!({
        "field": "api-version", "plugin": "0.1.0", "app": "0.1.0",
        "must_agree": true, "agrees": true,
    });
    assert!(fields.contains(&version), "{json:#}");
    assert_eq!(json[1]["file"], "README.md");
    assert_eq!(json[1]["refused"], "not a library: Unknown file magic");
    assert_eq!(json[1]["fields"], serde_json::json!([]));
}

#[test]
fn inspect_without_a_file_is_wrong_usage() {
    assert_eq!(run("app", &["inspect"]).code, Some(2));
    let ended = run("app", &["inspect", "absent"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.out.starts_with("absent: refused: "), "{ended:?}");
}

/// For authors who have the app and not its source.
#[test]
fn inspect_of_the_app_says_what_a_plugin_has_to_be_built_with() {
    let app = program("app");
    let ended = run("app", &["inspect".as_ref(), app.as_os_str()]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let lines: Vec<_> = ended.out.lines().collect();
    let first = "takes plugins that are built with this";
    assert_eq!(lines[0], format!("{}: {first}", app.display()));
    for field in ["rustc", "target", "api-source", "layout", "panic"] {
        let line = format!("  {field:<17} {}", own(field));
        assert!(lines.contains(&&*line), "{line}\n{}", ended.out);
    }
    let json = ["inspect".as_ref(), "--json".as_ref(), app.as_os_str()];
    let ended = run("app", &json);
    let json: serde_json::Value =
        serde_json::from_str(&ended.out).expect("it is JSON");
    assert_eq!(json[0]["takes_plugins"], true);
    assert_eq!(json[0]["refused"], serde_json::Value::Null);

    // It is no plugin, whatever it is called.
    let folder = crate::host::folder_with(&app, "voice");
    let listed = crate::host::app(folder.path(), &[]);
    let reason = "not a plugin, but a program that takes plugins\n";
    assert!(listed.out.ends_with(reason), "{listed:?}");
}

#[test]
fn the_app_tells_its_version() {
    let ended = run("app", &["--version"]);
    let line = format!("app {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!((ended.code, ended.out), (Some(0), line));
}
