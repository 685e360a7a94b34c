//! How a refusal names the two values of a field that differs.

/// How a refusal names one side's value, given the other side's.
pub(crate) fn phrase(field: &str, value: &str, other: &str) -> String {
    match (field, value) {
        ("rustc", _) => compiler(value, other),
        (_, "") => format!("no {field}"),
        ("unstable-flags", _) => value.to_owned(),
        ("api-cfg", _) => format!("cfg({value})"),
        _ => format!("{field} {value}"),
    }
}

/// `rustc 1.95.0 (59807616e)`, and if the other compiler has the same
/// name, the first part in which the two differ.
fn compiler(value: &str, other: &str) -> String {
    let (name, other_name) =
        (compiler_name(value), compiler_name(other));
    if name != other_name {
        return name;
    }
    let mut others = other.split("; ");
    let part =
        value.split("; ").find(|part| others.next() != Some(part));
    format!("{name} ({})", part.unwrap_or("and no more"))
}

/// The first line of `rustc -vV`, without the date of the commit:
/// `rustc 1.95.0 (59807616e)`, and anything that a distributor has
/// added.
fn compiler_name(value: &str) -> String {
    let first = value.split("; ").next().unwrap_or_default();
    if first.is_empty() {
        return "no rustc".to_owned();
    }
    let is_date = |word: &str| {
        let pattern = word.chars().map(|c| match c {
            '0'..='9' => '0',
            other => other,
        });
        pattern.eq("0000-00-00".chars())
    };
    let Some((before, after)) = first.split_once(')') else {
        return first.to_owned();
    };
    match before.rsplit_once(' ') {
        Some((name, date)) if is_date(date) => {
            format!("{name}){after}")
        }
        _ => first.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{compiler, compiler_name};

    #[test]
    fn a_compiler_is_named_without_its_date_and_with_its_vendor() {
        for (first, name) in [
            (
                "rustc 1.95.0 (59807616e 2026-04-14)",
                "rustc 1.95.0 (59807616e)",
            ),
            (
                "rustc 1.96.0 (ac68faa20 2026-05-25) (built from a \
                 source tarball)",
                "rustc 1.96.0 (ac68faa20) (built from a source tarball)",
            ),
            (
                "rustc 1.75.0 (82e1608df 2023-12-21) (Fedora \
                 1.75.0-3.fc39)",
                "rustc 1.75.0 (82e1608df) (Fedora 1.75.0-3.fc39)",
            ),
            ("rustc 1.63.0", "rustc 1.63.0"),
            ("rustc 1.63.0 (Debian)", "rustc 1.63.0 (Debian)"),
            ("", "no rustc"),
        ] {
            let value = format!("{first}; LLVM version: 22.1.2");
            let value = if first.is_empty() { "" } else { &value };
            assert_eq!(compiler_name(value), name);
        }
    }

    #[test]
    fn two_compilers_of_one_name_are_told_apart_by_their_parts() {
        let one = "rustc 1.95.0 (5 2026-04-14); LLVM version: 22";
        let other = "rustc 1.95.0 (5 2026-04-14); LLVM version: 23";
        let name = "rustc 1.95.0 (5) (LLVM version: 22)";
        assert_eq!(compiler(one, other), name);
    }
}
