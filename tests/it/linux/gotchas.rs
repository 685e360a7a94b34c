//! What becomes of the gotchas if all share one standard library.

use crate::gotchas::gotchas;
use crate::support::built;

/// The same sources with one standard library for all of them, as in Go.
#[test]
fn a_shared_runtime_shares_statics_and_panics_and_checks_no_trait() {
    built();
    let ended = gotchas(&["shared-runtime"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let row = |name| {
        let line = ended.out.lines().find(|l| l.starts_with(name));
        let line = line.unwrap_or_else(|| panic!("no {name}"));
        assert!(line.len() <= 72, "{line}");
        (line[13..35].trim().to_owned(), line[36..].to_owned())
    };
    let foreign = "Rust cannot catch foreign exceptions";
    for (name, one_std, own_std) in [
        ("static", "host 1, plugin 2", "host 1, plugin 1"),
        ("log level", "info", "off"),
        ("downcast", "Some(11)", "Some(11)"),
        ("2 profiles", "does not load", "None"),
        ("panic", "caught", foreign),
    ] {
        let expected = (one_std.to_owned(), own_std.to_owned());
        assert_eq!(row(name), expected, "{name}");
    }
    let (one_std, own_std) = row("new method");
    assert!(one_std.starts_with("wrong: "), "{one_std}");
    assert!(!one_std.contains("load"), "{one_std}");
    assert!(own_std.starts_with("wrong: "), "{own_std}");
    let sizes = |name| {
        let kilobytes = |cell: String| -> u64 {
            cell.strip_suffix(" kB").expect("kB").parse().expect(name)
        };
        let (one_std, own_std) = row(name);
        (kilobytes(one_std), kilobytes(own_std))
    };
    assert!(10 * sizes("plugin").0 < sizes("plugin").1);
    assert_eq!(sizes("beside them").1, 0);
    assert!(sizes("3 plugins").0 > sizes("3 plugins").1);
    assert!(sizes("30 plugins").0 < sizes("30 plugins").1);
    assert_eq!(gotchas(&["shared-runtime"]).out, ended.out);
}
