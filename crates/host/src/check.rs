//! Whether the facts of a plugin's build are those of this program, and
//! if not, how to say so.

use std::any::TypeId;
use std::collections::BTreeSet;
use std::marker::PhantomData;

use nutshell_plugin::Interface;

use crate::Loader;
use crate::descriptor::Descriptor;
use crate::inspect::Inspected;
use crate::needs::is_std;
use crate::processor;
use crate::read::own_platform;
use crate::refusal::{Kind, Refusal};

// ANCHOR: must_agree
/// The fields that have to be the same on both sides. Others, such as
/// `opt-level`, do not change what crosses.
const MUST_AGREE: [&str; 12] = [
    "platform",
    "rustc",
    "target",
    "nutshell-version",
    "nutshell-source",
    "api-version",
    "api-features",
    "api-source",
    "api-cfg",
    "layout",
    "panic",
    "unstable-flags",
];
// ANCHOR_END: must_agree

/// How a field of a plugin's descriptor is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// It has to be the same on both sides.
    Equal,
    /// The processor has to have what it lists.
    Processor,
    /// It may be as it likes.
    Free,
}

/// The rule for a field of this name.
pub fn rule(field: &str) -> Rule {
    match field {
        "product" | "api" => Rule::Equal,
        "target-features" => Rule::Processor,
        _ if MUST_AGREE.contains(&field) => Rule::Equal,
        _ => Rule::Free,
    }
}

/// A plugin whose facts agree with those of the interface `I`, as this
/// program was built with it.
#[derive(Debug)]
pub struct Checked<I: Interface> {
    pub(crate) found: Inspected,
    pub(crate) interface: PhantomData<fn() -> I>,
}

impl Inspected {
    // ANCHOR: check
    /// Compares what a plugin says about its build with the facts of
    /// this one. Only a plugin that agrees can be opened.
    ///
    /// # Errors
    /// All fields that differ, with the value on both sides.
    pub fn check<I: Interface>(self) -> Result<Checked<I>, Refusal> {
        self.check_with(&Descriptor::own::<I>())
    }
    // ANCHOR_END: check

    /// What of its `target-features` this processor lacks, or cannot be
    /// asked for.
    pub fn lacking<I: Interface>(&self) -> Vec<&str> {
        match self.library.platform == own_platform() {
            true => lacking::<I>(&self.descriptor).concat(),
            false => Vec::new(),
        }
    }

    fn check_with<I: Interface>(
        self,
        ours: &Descriptor,
    ) -> Result<Checked<I>, Refusal> {
        let refuse = |(kind, reason): (Kind, String)| {
            Refusal::new(&self.path, kind, reason)
        };
        compare::<I>(&self.descriptor, ours).map_err(refuse)?;
        self.check_needs().map_err(refuse)?;
        Ok(Checked { found: self, interface: PhantomData })
    }

    fn check_needs(&self) -> Result<(), (Kind, String)> {
        let shared =
            self.library.needed.iter().find(|name| is_std(name));
        let inner = self.needs.iter().find(|need| need.is_std);
        if let Some(name) = shared.or(inner.map(|need| &need.name)) {
            let reason = format!(
                "it shares a standard library with others, {name}; \
                 build it without prefer-dynamic"
            );
            return Err((Kind::SharedStd, reason));
        }
        for need in &self.needs {
            if let Some(reason) = &need.refused {
                let path = need.path.display();
                let reason = format!("it needs {path}: {reason}");
                return Err((Kind::Needs, reason));
            }
        }
        Ok(())
    }
}

// ANCHOR: compare
/// Compares the facts of a plugin with those of this program, which
/// was built with the interface `I`.
///
/// # Errors
/// The kind of refusal, and the sentence.
fn compare<I: Interface>(
    theirs: &Descriptor,
    ours: &Descriptor,
) -> Result<(), (Kind, String)> {
    if theirs.is_host() {
        let reason = "not a plugin, but a program that takes plugins";
        return Err((Kind::NotAPlugin, reason.to_owned()));
    }
    for (field, what) in
        [("product", "of"), ("api", "for the interface")]
    {
        let (a, b) = (theirs.get(field), ours.get(field));
        if a != b {
            let reason = format!("a plugin {what} {a}, not {what} {b}");
            return Err((Kind::OtherProduct, reason));
        }
    }
    if !agree(theirs, ours) {
        return Err((Kind::Incompatible, differences(theirs, ours)));
    }
    check_processor::<I>(theirs)
        .map_err(|reason| (Kind::Processor, reason))
}
// ANCHOR_END: compare

fn agree(theirs: &Descriptor, ours: &Descriptor) -> bool {
    MUST_AGREE.iter().all(|field| theirs.get(field) == ours.get(field))
}

// ANCHOR: differences
/// All fields in which two builds differ and must not.
fn differences(theirs: &Descriptor, ours: &Descriptor) -> String {
    let mut reasons = Vec::new();
    let (mut built_with, mut this_app_with) = (vec![], vec![]);
    for field in MUST_AGREE {
        let (a, b) = (theirs.get(field), ours.get(field));
        // Another target has another layout; once is enough.
        let is_implied = field == "layout"
            && !built_with.is_empty()
            && theirs.get("target") != ours.get("target");
        if a == b || is_implied {
            continue;
        }
        if field == "platform" {
            reasons.push(format!("made for {a}, this app for {b}"));
        } else {
            built_with.push(phrase(field, a, b));
            this_app_with.push(phrase(field, b, a));
        }
    }
    if !built_with.is_empty() {
        let (a, b) = (built_with.join(", "), this_app_with.join(", "));
        reasons.push(format!("built with {a}, this app with {b}"));
    }
    reasons.join("; ")
}
// ANCHOR_END: differences

// ANCHOR: processor
/// What the plugin was compiled for has to be on this processor. What
/// nobody can ask about is there if this program was compiled for it.
fn check_processor<I: Interface>(
    theirs: &Descriptor,
) -> Result<(), String> {
    let [missing, unknown] = lacking::<I>(theirs);
    if !missing.is_empty() {
        return Err(format!(
            "built with target-features that this processor lacks: {}",
            missing.join(", ")
        ));
    }
    if !unknown.is_empty() {
        return Err(format!(
            "built with target-features that this app cannot ask the \
             processor for: {}",
            unknown.join(", ")
        ));
    }
    Ok(())
}
// ANCHOR_END: processor

/// The features that the processor lacks, and those that nobody can ask
/// it for.
fn lacking<I: Interface>(theirs: &Descriptor) -> [Vec<&str>; 2] {
    let own = |feature: &str| {
        let mut own = I::FACTS.target_features.iter();
        own.any(|(name, is_set)| *is_set && *name == feature)
    };
    let (mut missing, mut unknown) = (vec![], vec![]);
    for feature in features(theirs).collect::<BTreeSet<_>>() {
        match processor::has(feature) {
            Some(true) => {}
            None if own(feature) => {}
            Some(false) => missing.push(feature),
            None => unknown.push(feature),
        }
    }
    [missing, unknown]
}

/// The features that code of the plugin uses without asking: those that
/// the compiler names, and those that were asked for by a name that it
/// passes on without knowing it.
fn features(theirs: &Descriptor) -> impl Iterator<Item = &str> {
    let known = theirs.get("target-features").split(',');
    let flags = theirs.get("codegen-flags").split(' ');
    let asked = flags
        .filter_map(|flag| flag.strip_prefix("-Ctarget-feature="))
        .flat_map(|list| list.split(','))
        .filter_map(|feature| feature.strip_prefix('+'));
    known.chain(asked).filter(|name| !is_no_instruction(name))
}

/// Of those names, what says nothing about the processor.
fn is_no_instruction(feature: &str) -> bool {
    ["", "crt-static"].contains(&feature)
}

/// How a refusal names a value that is not the other side's.
fn phrase(field: &str, value: &str, other: &str) -> String {
    match (field, value) {
        ("rustc", _) => compiler(value, other),
        (_, "") => format!("no {field}"),
        ("unstable-flags", _) => value.to_owned(),
        ("api-cfg", _) => format!("cfg({value})"),
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

/// The first line of what a compiler says about itself, without the date
/// of its commit: `rustc 1.95.0 (59807616e)`, and what a distributor may
/// have added behind it.
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

impl Loader {
    /// As [`Inspected::check`], in a row with the other steps.
    ///
    /// # Errors
    /// As there.
    pub fn check<I: Interface>(
        &mut self,
        found: Inspected,
    ) -> Result<Checked<I>, Refusal> {
        let ours = self.own.entry(TypeId::of::<I>());
        found.check_with(ours.or_insert_with(Descriptor::own::<I>))
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
