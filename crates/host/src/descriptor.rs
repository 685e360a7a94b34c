//! The fields of a descriptor, either of the one in a plugin's file or
//! of the one of this program.

use std::iter;
use std::ops::Range;

use nutshell_plugin::descriptor::{self, HOST_MAGIC, MAGIC, Plugin};
use nutshell_plugin::{Facts, Interface};

use crate::read::{Library, own_platform};

/// No descriptor has more fields.
const MOST: usize = 100;

/// The facts of a build, field by field. The first field is `platform`,
/// which comes from the headers of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Descriptor {
    platform: String,
    /// The text in the file, without the padding.
    text: String,
    /// Where the name and the value of each field are in the text.
    fields: Vec<[Range<usize>; 2]>,
    is_host: bool,
}

impl Descriptor {
    // ANCHOR: own
    /// The facts of this program, which those of a plugin must match.
    pub fn own<I: Interface>() -> Self {
        let own = own_build(&I::FACTS);
        let mut bytes = vec![0; descriptor::host_size(&I::FACTS, &own)];
        descriptor::write(HOST_MAGIC, &I::FACTS, &own, &mut bytes);
        Self::parse(own_platform(), &bytes).expect("our own facts")
    }
    // ANCHOR_END: own

    /// All fields, in the order of the file.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields = self.fields.iter().map(|[name, value]| {
            (&self.text[name.clone()], &self.text[value.clone()])
        });
        iter::once(("platform", &*self.platform)).chain(fields)
    }

    /// The value of a field; empty if no field has this name.
    pub fn get(&self, name: &str) -> &str {
        let mut fields = self.fields();
        fields.find(|field| field.0 == name).unwrap_or_default().1
    }

    /// Whether these are the facts of a program that takes plugins.
    pub fn is_host(&self) -> bool {
        self.is_host
    }

    /// The descriptor that a library carries.
    ///
    /// # Errors
    /// If the library has none, or what is wrong with it.
    pub fn of(library: &Library) -> Result<Self, String> {
        let section = library.section.as_deref();
        Self::parse(&library.platform, section.ok_or("no descriptor")?)
    }

    /// The text, as it is in the file.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    // ANCHOR: parse
    /// Reads the `field=value` lines of a section; zeros after them are
    /// padding.
    ///
    /// # Errors
    /// What is wrong with these lines.
    pub(crate) fn parse(
        platform: &str,
        section: &[u8],
    ) -> Result<Self, String> {
        let end = section.iter().rposition(|byte| *byte != 0);
        let bytes = &section[..end.map_or(0, |at| at + 1)];
        let text =
            str::from_utf8(bytes).map_err(|error| error.to_string())?;
        let is_host = text.starts_with(HOST_MAGIC);
        let magic = if is_host { HOST_MAGIC } else { MAGIC };
        let mut start = match text.starts_with(magic) {
            true => magic.len(),
            false => return Err("no first line".to_owned()),
        };
        let mut fields: Vec<[Range<usize>; 2]> = Vec::with_capacity(24);
        let mut equals = None;
        for (at, byte) in bytes.iter().enumerate().skip(magic.len()) {
            match byte {
                b'=' if equals.is_none() => equals = Some(at),
                b'\n' => {
                    let equals =
                        equals.take().ok_or("a line without =")?;
                    let name = start..equals;
                    let is_there = |[other, _]: &[Range<usize>; 2]| {
                        bytes[other.clone()] == bytes[name.clone()]
                    };
                    if fields.iter().any(is_there) {
                        let reason = "a field that is there twice";
                        return Err(reason.to_owned());
                    }
                    if fields.len() == MOST {
                        return Err("too many fields".to_owned());
                    }
                    fields.push([name, equals + 1..at]);
                    start = at + 1;
                }
                byte if byte.is_ascii_control() => {
                    return Err(not_plain());
                }
                _ => {}
            }
        }
        if start < bytes.len() {
            return Err("no last line".to_owned());
        }
        let is_control = |c: char| c.is_control() && c != '\n';
        if !text.is_ascii() && text.contains(is_control) {
            return Err(not_plain());
        }
        let (platform, text) = (platform.to_owned(), text.to_owned());
        Ok(Self { platform, text, fields, is_host })
    }
    // ANCHOR_END: parse
}

fn not_plain() -> String {
    "not plain text".to_owned()
}

// ANCHOR: embed
/// Puts a descriptor into this program, so that `inspect` can show what
/// the program expects of a plugin. Call this macro once, in the host's
/// `main.rs`. A host that takes several versions of an interface names
/// the newest.
///
/// ```ignore
/// nutshell_host::embed_facts!(command_api::Interface);
/// ```
#[macro_export]
macro_rules! embed_facts {
    ($interface:ty) => {
        const _: () = {
            const FACTS: &$crate::nutshell_plugin::Facts =
                &<$interface as $crate::nutshell_plugin::Interface>::FACTS;
            const OWN: $crate::nutshell_plugin::descriptor::Plugin =
                $crate::own_build(FACTS);

            // The calling crate may have other flags than the library.
            assert!(
                cfg!(panic = "unwind") || $crate::ACCEPTS_ABORT,
                "a host that aborts ends with the first panic of any \
                 plugin: build it with panic = \"unwind\", or accept that \
                 by the feature `panic-abort` of nutshell-host"
            );
            assert!(
                !cfg!(all(unix, target_feature = "crt-static")),
                "a statically linked host cannot load plugins: build it \
                 without -Ctarget-feature=+crt-static"
            );
            const SIZE: usize =
                $crate::nutshell_plugin::descriptor::host_size(FACTS, &OWN);

            // SAFETY: no other part of the program expects anything of
            // the section, and nothing else has the name.
            #[used]
            #[unsafe(export_name = "PLUGIN_HOST")]
            #[cfg_attr(
                target_vendor = "apple",
                unsafe(link_section = "__DATA,__plugin")
            )]
            #[cfg_attr(
                not(target_vendor = "apple"),
                unsafe(link_section = ".plugin")
            )]
            pub static PLUGIN_HOST: [u8; SIZE] =
                $crate::nutshell_plugin::descriptor::describe_host(
                    FACTS, &OWN,
                );

            // To GNU's linker for Windows, `#[used]` is no reason to keep
            // what nothing refers to. It always keeps this section, which
            // refers to the descriptor.
            // SAFETY: the linker puts the section among constants, and
            // nobody reads it.
            #[used]
            #[cfg(all(windows, target_env = "gnu"))]
            #[unsafe(link_section = ".jcr")]
            static KEPT: &[u8; SIZE] = &PLUGIN_HOST;
        };
    };
}
// ANCHOR_END: embed

/// Whether this host was built to accept that panics end it.
#[doc(hidden)]
pub const ACCEPTS_ABORT: bool = cfg!(feature = "panic-abort");

/// What is known about this build besides the facts of the interface.
#[doc(hidden)]
pub const fn own_build(facts: &Facts) -> Plugin {
    Plugin {
        name: "",
        version: "",
        panic: nutshell_plugin::panic_strategy!(),
        debug_assertions: cfg!(debug_assertions),
        unstable_flags: facts.unstable_flags,
        codegen_flags: facts.codegen_flags,
        target_features: &[],
    }
}
