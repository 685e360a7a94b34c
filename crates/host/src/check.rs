//! Compares the facts of a plugin's build with those of this program,
//! and words the refusal if they differ.

use std::any::TypeId;
use std::marker::PhantomData;

use nutshell_plugin::Interface;

use crate::Loader;
use crate::descriptor::Descriptor;
use crate::inspect::Inspected;
use crate::needs::is_std;
use crate::phrase::phrase;
use crate::processor::check_processor;
use crate::refusal::{Kind, Refusal};

// ANCHOR: must_agree
/// The fields that must be the same on both sides. Others, such as
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

/// How a field of a plugin's descriptor is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// It must be the same on both sides.
    Equal,
    /// The processor must have the features that it lists.
    Processor,
    /// It may have any value.
    Free,
}

/// The rule for the field of this name.
pub fn rule(field: &str) -> Rule {
    match field {
        "product" | "api" => Rule::Equal,
        "target-features" => Rule::Processor,
        _ if MUST_AGREE.contains(&field) => Rule::Equal,
        _ => Rule::Free,
    }
}

/// A plugin whose facts match those of the interface `I` in the build
/// of this program.
#[derive(Debug)]
pub struct Checked<I: Interface> {
    pub(crate) found: Inspected,
    pub(crate) interface: PhantomData<fn() -> I>,
}

impl Inspected {
    // ANCHOR: check
    /// Compares the facts of a plugin's build with those of this
    /// program. Only a plugin that passes can be opened.
    ///
    /// # Errors
    /// If the facts do not match; the reason then names all fields that
    /// differ, with the value on both sides. Otherwise, if the
    /// processor lacks a feature, or a library that the plugin needs is
    /// refused.
    pub fn check<I: Interface>(self) -> Result<Checked<I>, Refusal> {
        self.check_with(&Descriptor::own::<I>())
    }
    // ANCHOR_END: check

    /// Whether the plugin was made for this version of this interface.
    /// So a host can take several versions: it chooses the type that it
    /// hands to [`check`](Self::check).
    pub fn is_for<I: Interface>(&self) -> bool {
        let facts = I::FACTS;
        let get = |field| self.descriptor.get(field);
        get("product") == facts.product
            && get("api") == facts.name
            && get("api-version") == facts.version
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

    // ANCHOR: check_needs
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
    // ANCHOR_END: check_needs
}

// ANCHOR: compare
/// Compares the facts of a plugin with those of this program, which
/// was built with the interface `I`.
///
/// # Errors
/// The kind of refusal, and the reason.
fn compare<I: Interface>(
    theirs: &Descriptor,
    ours: &Descriptor,
) -> Result<(), (Kind, String)> {
    if theirs.is_host() {
        let reason = "not a plugin, but a program that takes plugins";
        return Err((Kind::AHost, reason.to_owned()));
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

/// Whether all fields that must be the same are the same. Usually, both
/// sides have the same fields in the same order.
fn agree(theirs: &Descriptor, ours: &Descriptor) -> bool {
    let (a, b) = (theirs.fields(), ours.fields());
    match a.map(|field| field.0).eq(b.map(|field| field.0)) {
        true => theirs
            .fields()
            .zip(ours.fields())
            .all(|(a, b)| a.1 == b.1 || rule(a.0) != Rule::Equal),
        false => {
            MUST_AGREE.iter().all(|f| theirs.get(f) == ours.get(f))
        }
    }
}

// ANCHOR: differences
/// All fields in which the builds differ although they must not.
fn differences(theirs: &Descriptor, ours: &Descriptor) -> String {
    let mut reasons = Vec::new();
    let (mut built_with, mut this_app_with) = (vec![], vec![]);
    for field in MUST_AGREE {
        let (a, b) = (theirs.get(field), ours.get(field));
        // Another target has another layout; naming one is enough.
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

impl Loader {
    /// As [`Inspected::check`], but determines the facts of this
    /// program only once.
    ///
    /// # Errors
    /// As for [`Inspected::check`].
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
    use super::agree;
    use crate::descriptor::Descriptor;

    const OURS: &str = "product=a\napi=b\nplugin=c\nversion=1\nrustc=r\n\
        target=t\nnutshell-version=1\nnutshell-source=2\napi-version=3\n\
        api-features=\napi-source=4\napi-cfg=\nlayout=5\npanic=unwind\n\
        unstable-flags=\ntarget-features=\nopt-level=0\n";

    fn descriptor(fields: &str) -> Descriptor {
        let magic = nutshell_plugin::descriptor::MAGIC;
        let text = format!("{magic}{fields}");
        Descriptor::parse("here", text.as_bytes()).expect("in order")
    }

    #[test]
    fn a_field_that_differs_or_is_missing_is_noticed() {
        let ours = descriptor(OURS);
        assert!(agree(&ours, &ours));
        let lines: Vec<_> = OURS.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let (name, _) = line.split_once('=').expect("a field");
            let must = super::MUST_AGREE.contains(&name);
            let mut changed = lines.clone();
            let other = format!("{line}x");
            changed[at] = &other;
            let changed = descriptor(&(changed.join("\n") + "\n"));
            let may = ["product", "api"].contains(&name);
            assert_eq!(agree(&changed, &ours), !must && !may, "{line}");

            // An empty value is the same as none.
            let mut less = lines.clone();
            less.remove(at);
            let less = descriptor(&(less.join("\n") + "\n"));
            let has_value = !line.ends_with('=');
            assert_eq!(
                agree(&less, &ours),
                !(must && has_value),
                "{line}"
            );
        }
        // A descriptor that ends early lacks all the rest.
        let (few, _) = OURS.split_once("rustc=").expect("a field");
        assert!(!agree(&descriptor(few), &ours));
        let more = format!("{OURS}another=1\n");
        assert!(agree(&descriptor(&more), &ours));
    }
}
