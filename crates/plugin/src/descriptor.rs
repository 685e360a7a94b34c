//! The facts that a plugin carries in its file, for the host to read
//! before it runs any of the plugin's code.
//!
//! A descriptor is text in a section of its own: the line [`MAGIC`], then
//! lines of the form `field=value`. Text has no pointers, which would
//! read as zero from a file, and means the same on every platform.

use crate::Facts;
use crate::text::Text;

/// The section of the library that holds the descriptor. On Apple's
/// platforms it is `__plugin`, in the segment `__DATA`.
pub const SECTION: &str = ".plugin";

/// The first line of a descriptor, with the version of its format.
pub const MAGIC: &str = "rust plugin descriptor 2\n";

/// The first line of a host's own descriptor, which has the same format
/// and describes the plugins that the host takes.
pub const HOST_MAGIC: &str = "rust plugin host 2\n";

/// The version and source of this crate, whose types cross as well.
pub const MECHANISM: [&str; 2] =
    [env!("CARGO_PKG_VERSION"), env!("NUTSHELL_SOURCE")];

/// The flags that this crate was compiled with. A profile may have some
/// for a single crate.
const OWN_UNSTABLE: &str = crate::unstable_flags!();
const OWN_CODEGEN: &str = crate::codegen_flags!();

include!(concat!(env!("OUT_DIR"), "/nutshell.rs"));

const OWN_FEATURES: &[(&str, bool)] = &nutshell_target_features!();

/// What only the plugin's own compilation knows.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "the book's table explains each field")]
pub struct Plugin {
    pub name: &'static str,
    pub version: &'static str,
    pub panic: &'static str,
    pub debug_assertions: bool,
    pub unstable_flags: &'static str,
    pub codegen_flags: &'static str,
    pub target_features: &'static [(&'static str, bool)],
}

// ANCHOR: fields
/// Adds all fields. A host tells by a field's name which rule applies.
const fn add_fields(text: &mut Text<'_>, facts: &Facts, own: &Plugin) {
    text.field("product", facts.product);
    text.field("api", facts.name);
    text.field("plugin", own.name);
    text.field("version", own.version);
    // These must be the same in the host, as product and api must.
    text.field("rustc", facts.rustc);
    text.field("target", facts.target);
    text.field("nutshell-version", MECHANISM[0]);
    text.field("nutshell-source", MECHANISM[1]);
    text.field("api-version", facts.version);
    text.field("api-features", facts.features);
    text.field("api-source", facts.source);
    text.start("api-cfg");
    text.names([facts.cfg, &[], &[]]);
    text.start("layout");
    text.hex(facts.layout);
    text.field("panic", own.panic);
    text.start("unstable-flags");
    text.flags([
        facts.unstable_flags,
        own.unstable_flags,
        OWN_UNSTABLE,
    ]);
    // The processor must have these.
    text.start("target-features");
    text.names([
        facts.target_features,
        own.target_features,
        OWN_FEATURES,
    ]);
    // These may have any value.
    text.start("codegen-flags");
    text.flags([facts.codegen_flags, own.codegen_flags, OWN_CODEGEN]);
    text.field("opt-level", facts.opt_level);
    let yes_no = if own.debug_assertions { "yes" } else { "no" };
    text.field("debug-assertions", yes_no);
}
// ANCHOR_END: fields

/// The size of a plugin's descriptor, in bytes.
pub const fn size(facts: &Facts, own: &Plugin) -> usize {
    write(MAGIC, facts, own, &mut [])
}

/// A plugin's descriptor. `SIZE` must be what [`size`] returns.
///
/// # Panics
/// If `SIZE` is another number; in a constant this is a compile error.
pub const fn describe<const SIZE: usize>(
    facts: &Facts,
    own: &Plugin,
) -> [u8; SIZE] {
    let mut bytes = [0; SIZE];
    assert!(write(MAGIC, facts, own, &mut bytes) == SIZE);
    bytes
}

/// The size of a host's own descriptor, in bytes.
pub const fn host_size(facts: &Facts, own: &Plugin) -> usize {
    write(HOST_MAGIC, facts, own, &mut [])
}

/// A host's own descriptor. `SIZE` must be what [`host_size`] returns.
///
/// # Panics
/// As [`describe`].
pub const fn describe_host<const SIZE: usize>(
    facts: &Facts,
    own: &Plugin,
) -> [u8; SIZE] {
    let mut bytes = [0; SIZE];
    assert!(write(HOST_MAGIC, facts, own, &mut bytes) == SIZE);
    bytes
}

/// Writes a descriptor that begins with the line `magic`, as far as
/// `bytes` has room, and returns the size of the whole descriptor.
pub const fn write(
    magic: &str,
    facts: &Facts,
    own: &Plugin,
    bytes: &mut [u8],
) -> usize {
    let mut text = Text::new(bytes);
    text.add(magic);
    add_fields(&mut text, facts, own);
    text.length()
}
