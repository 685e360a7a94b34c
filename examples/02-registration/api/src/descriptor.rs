//! What a plugin tells about itself in its file, for the host to read
//! before it runs any of the plugin's code.
//!
//! A descriptor is text in a section of its own: the line
//! [`MAGIC`], then lines of the form `field=value`, then zeros up to
//! [`SIZE`]. Text has no pointers, which would read as zero from a file,
//! and means the same on every platform.

/// The section of the library that holds the descriptor. On Apple's
/// platforms it is `__plugin`, in the segment `__DATA`.
pub const SECTION: &str = ".plugin";

/// The first line of a descriptor, with the version of its form.
pub const MAGIC: &str = "rust plugin descriptor 1\n";

/// The bytes of a descriptor.
pub const SIZE: usize = 1024;

// ANCHOR: describe
/// The descriptor of the crate that calls this, through
/// [`plugin!`](crate::plugin) if it is a plugin.
///
/// # Panics
/// While it compiles: if the texts are longer than [`SIZE`].
pub const fn describe(
    name: &str,
    version: &str,
    panic: &str,
    debug_assertions: bool,
) -> [u8; SIZE] {
    let mut text = Text { bytes: [0; SIZE], length: 0 };
    text.add(MAGIC);
    text.field("plugin", name);
    text.field("version", version);
    // From here on, what has to agree.
    text.field("rustc", env!("DESCRIPTOR_RUSTC"));
    text.field("target", env!("DESCRIPTOR_TARGET"));
    text.field("api-version", env!("CARGO_PKG_VERSION"));
    text.field("api-features", env!("DESCRIPTOR_FEATURES"));
    text.field("api-source", env!("DESCRIPTOR_SOURCE"));
    text.field("layout-flags", env!("DESCRIPTOR_LAYOUT"));
    text.field("panic", panic);
    // And what need not.
    text.field("opt-level", env!("DESCRIPTOR_OPT_LEVEL"));
    let yes_no = if debug_assertions { "yes" } else { "no" };
    text.field("debug-assertions", yes_no);
    text.bytes
}
// ANCHOR_END: describe

struct Text {
    bytes: [u8; SIZE],
    length: usize,
}

impl Text {
    const fn field(&mut self, name: &str, value: &str) {
        self.add(name);
        self.add("=");
        self.add(value);
        self.add("\n");
    }

    const fn add(&mut self, text: &str) {
        let (_, rest) = self.bytes.split_at_mut(self.length);
        let (part, _) = rest.split_at_mut(text.len());
        part.copy_from_slice(text.as_bytes());
        self.length += text.len();
    }
}

/// `describe!()`: the descriptor of the crate that it stands in, with
/// the settings that only this crate's own compilation knows.
#[macro_export]
macro_rules! describe {
    () => {
        $crate::descriptor::describe(
            env!("CARGO_PKG_NAME"),
            env!("CARGO_PKG_VERSION"),
            if cfg!(panic = "abort") { "abort" } else { "unwind" },
            cfg!(debug_assertions),
        )
    };
}
