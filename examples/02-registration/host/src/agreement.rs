//! Whether a plugin agrees with this app, field by field, and if not,
//! how to say so.

use anyhow::{Result, bail};

use crate::descriptor::Descriptor;

// ANCHOR: must_agree
/// The fields that have to be the same on both sides, as the platform
/// has. Others, such as `opt-level`, do not change what crosses.
const MUST_AGREE: [&str; 7] = [
    "rustc",
    "target",
    "api-version",
    "api-features",
    "api-source",
    "layout-flags",
    "panic",
];
// ANCHOR_END: must_agree

/// Whether the two sides may differ in this field.
pub fn may_differ(field: &str) -> bool {
    field != "platform" && !MUST_AGREE.contains(&field)
}

// ANCHOR: check
/// Compares what a plugin says of itself with what this app says.
///
/// # Errors
/// If they differ in a field that must agree: all such fields, with the
/// value on both sides, and the cure.
pub fn check(theirs: &Descriptor, ours: &Descriptor) -> Result<()> {
    let mut reasons = Vec::new();
    let platforms = (theirs.get("platform"), ours.get("platform"));
    if platforms.0 != platforms.1 {
        let (a, b) = platforms;
        reasons.push(format!("made for {a}, this app for {b}"));
    }
    let (mut built_with, mut this_app_with) = (vec![], vec![]);
    for field in MUST_AGREE {
        let (a, b) = (theirs.get(field), ours.get(field));
        if a != b {
            built_with.push(phrase(field, a, b));
            this_app_with.push(phrase(field, b, a));
        }
    }
    if !built_with.is_empty() {
        let (a, b) = (built_with.join(", "), this_app_with.join(", "));
        reasons.push(format!("built with {a}, this app with {b}"));
    }
    if reasons.is_empty() {
        return Ok(());
    }
    reasons.push("rebuild it with the plugin-builder image".into());
    bail!(reasons.join("; "))
}
// ANCHOR_END: check

/// How a refusal names a value that is not the other side's.
fn phrase(field: &str, value: &str, other: &str) -> String {
    match (field, value) {
        ("rustc", _) => compiler(value, other),
        (_, "") => format!("no {field}"),
        ("layout-flags", _) => value.to_owned(),
        _ => format!("{field} {value}"),
    }
}

/// `rustc 1.95.0 (59807616e)`, and for two that are called the same,
/// the first thing in which they are not.
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

/// What comes before the date: `rustc 1.95.0 (59807616e)`.
fn compiler_name(value: &str) -> String {
    let first = value.split(';').next().unwrap_or_default();
    match first.rsplit_once(' ') {
        Some((name, date)) if date.ends_with(')') => format!("{name})"),
        _ if first.is_empty() => "no rustc".to_owned(),
        _ => first.to_owned(),
    }
}
