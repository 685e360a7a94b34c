//! The fields of a descriptor: of a plugin, as its file has them, or of
//! this program.

use std::iter;
use std::ops::Range;

use nutshell_plugin::descriptor::{self, HOST_MAGIC, MAGIC, Plugin};
use nutshell_plugin::{Facts, Interface};

use crate::read::{Library, own_platform};

/// What a plugin says about its build, field by field, and before that
/// `platform`, which the headers of its file say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Descriptor {
    platform: String,
    /// As it stands in the file, but for the padding.
    text: String,
    /// Where in the text the name and the value of each field are.
    fields: Vec<[Range<usize>; 2]>,
    is_host: bool,
}

impl Descriptor {
    // ANCHOR: own
    /// The facts of this build, with which plugins have to agree.
    pub fn own<I: Interface>() -> Self {
        let own = own_build(&I::FACTS);
        let mut bytes = vec![0; descriptor::host_size(&I::FACTS, &own)];
        descriptor::write(HOST_MAGIC, &I::FACTS, &own, &mut bytes);
        Self::parse(&own_platform(), &bytes).expect("our own facts")
    }
    // ANCHOR_END: own

    /// All fields, in the order of the file.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields = self.fields.iter().map(|[name, value]| {
            (&self.text[name.clone()], &self.text[value.clone()])
        });
        iter::once(("platform", &*self.platform)).chain(fields)
    }

    /// The value of a field; empty if there is none of that name.
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
    /// If it has none, or what is not in order about it.
    pub fn of(library: &Library) -> Result<Self, String> {
        let section = library.section.as_deref();
        Self::parse(&library.platform, section.ok_or("no descriptor")?)
    }

    /// The text, as it stands in the file.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    // ANCHOR: parse
    /// Reads the `field=value` lines of a section; zeros after them are
    /// padding.
    ///
    /// # Errors
    /// What is not in order about them.
    fn parse(platform: &str, section: &[u8]) -> Result<Self, String> {
        let end = section.iter().rposition(|byte| *byte != 0);
        let bytes = &section[..end.map_or(0, |at| at + 1)];
        let text =
            str::from_utf8(bytes).map_err(|error| error.to_string())?;
        let is_host = text.starts_with(HOST_MAGIC);
        let magic = if is_host { HOST_MAGIC } else { MAGIC };
        let lines = text.strip_prefix(magic).ok_or("no first line")?;
        let mut fields: Vec<[Range<usize>; 2]> = Vec::with_capacity(24);
        let mut start = magic.len();
        for line in lines.split_inclusive('\n') {
            let line = line.strip_suffix('\n').ok_or("no last line")?;
            let equals = line.find('=').ok_or("a line without =")?;
            if !is_plain(line) {
                return Err("not plain text".to_owned());
            }
            let end = start + line.len();
            let name = start..start + equals;
            let is_there = |[other, _]: &[Range<usize>; 2]| {
                text[other.clone()] == text[name.clone()]
            };
            if fields.iter().any(is_there) {
                return Err("a field that is there twice".to_owned());
            }
            fields.push([name, start + equals + 1..end]);
            start = end + 1;
        }
        let (platform, text) = (platform.to_owned(), text.to_owned());
        Ok(Self { platform, text, fields, is_host })
    }
    // ANCHOR_END: parse
}

/// Whether a text has no control characters; most are ASCII.
fn is_plain(text: &str) -> bool {
    match text.is_ascii() {
        true => !text.bytes().any(|byte| byte.is_ascii_control()),
        false => !text.contains(char::is_control),
    }
}

// ANCHOR: embed
/// Puts into the program what it wants of a plugin, in the form of a
/// descriptor, for `inspect` to read. Once in the `main.rs` of a host.
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
        };
    };
}
// ANCHOR_END: embed

/// What is known of this build beside the facts of the interface.
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
