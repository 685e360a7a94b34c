//! Keeps the benchmark running. Nothing here depends on how long
//! anything takes.

use std::process::Command;

use serde_json::Value;

fn bench(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_bench"))
        .args(arguments)
        .output()
        .expect("it was built");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn the_table_has_a_line_for_each_way_and_number_of_plugins() {
    let table = bench(&["--plugins", "2,3", "--rounds", "1"]);
    let mut lines = table.lines();
    let head = lines.next().expect("a head");
    assert!(head.starts_with("plugins  way"), "{table}");
    for start in [
        ["2", "dlopen"],
        ["2", "load_folder"],
        ["3", "dlopen"],
        ["3", "load_folder"],
    ] {
        let line = lines.next().expect("a line for each");
        let columns: Vec<_> = line.split_whitespace().collect();
        assert_eq!(columns[..2], start, "{table}");
        let number = |column: &&str| column.parse::<f64>().is_ok();
        let numbers = columns[2..].iter().filter(|c| number(c)).count();
        // Nothing to have grown from in the first two.
        let expected = if start[0] == "2" { 5 } else { 6 };
        assert_eq!((columns.len(), numbers), (8, expected), "{table}");
    }
    assert_eq!(lines.next(), Some(""), "{table}");
}

#[test]
fn the_json_says_what_was_measured_with_what() {
    let text = bench(&["--json", "--plugins", "3", "--rounds", "1"]);
    let json: Value = serde_json::from_str(&text).expect("JSON");
    for field in ["date", "rustc"] {
        let value = json[field].as_str().expect(field);
        assert!(!value.is_empty(), "{text}");
    }
    assert!(json["machine"]["processor"].is_string(), "{text}");
    assert_eq!(json["rounds"], 1);
    let results = json["results"].as_array().expect("results");
    assert_eq!(results.len(), 2, "{text}");
    assert_eq!(results[0]["ratio"], 1.0, "{text}");
    let ratio = results[1]["ratio"].as_f64().expect("a number");
    assert!(ratio.is_finite() && ratio > 0.0, "{text}");
}
