//! What a library says of itself, read from its file. None of its code
//! runs, and it may be made for any platform.

use std::env::consts;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail, ensure};
use bumpalo::Bump;
use object::read::ReadRef;
use object::{
    Architecture, BinaryFormat, Object, ObjectSection, ObjectSegment,
};
use plugin_api::descriptor::{MAGIC, SECTION, SIZE};

use crate::blocks::Blocks;

/// The fields of a descriptor by name, in the order of the file, and
/// before them `platform`, which the file's own headers say.
#[derive(Debug)]
pub struct Descriptor {
    bytes: Vec<u8>,
    fields: Vec<(String, String)>,
}

impl Descriptor {
    /// All fields.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (&**name, &**value))
    }

    /// The value of a field; empty if there is none of that name.
    pub fn get(&self, name: &str) -> &str {
        let mut fields = self.fields();
        fields.find(|field| field.0 == name).unwrap_or_default().1
    }

    /// The descriptor of this app, with which plugins have to agree.
    pub fn own() -> Self {
        let own = plugin_api::describe!();
        Self::new(own_platform(), &own).expect("our own descriptor")
    }

    /// Whether these bytes are this descriptor.
    pub fn is_of(&self, bytes: &[u8]) -> bool {
        self.bytes == bytes
    }

    fn new(platform: String, bytes: &[u8]) -> Result<Self> {
        let bytes = bytes[..bytes.len().min(SIZE)].to_owned();
        let mut fields = parse(&bytes)?;
        fields.insert(0, ("platform".to_owned(), platform));
        Ok(Self { bytes, fields })
    }
}

// ANCHOR: read
/// Reads the descriptor of a library.
///
/// # Errors
/// If the file is no library, or a library without a descriptor. One
/// that is made for another platform is named as such.
pub fn read(path: &Path) -> Result<Descriptor> {
    read_from(File::open(path)?)
}

/// The same, from any place that bytes can be read from.
///
/// # Errors
/// As for [`read`].
pub fn read_from(file: impl Read + Seek) -> Result<Descriptor> {
    let arena = Bump::new();
    let blocks = Blocks::new(file, &arena)?;
    let library = object::File::parse(&blocks)
        .map_err(|error| anyhow!("not a library: {error}"))?;
    let platform = platform_of(&library);
    let Some(section) = library.section_by_name(SECTION) else {
        let own = own_platform();
        ensure!(
            platform == own,
            "not a plugin: it is made for {platform}, this app for \
             {own}"
        );
        bail!(
            "not a plugin: it has no descriptor, which \
             plugin_api::plugin! makes"
        );
    };
    for segment in library.segments() {
        let (start, size) = segment.file_range();
        let end = start.saturating_add(size);
        ensure!(end <= blocks.length, "it is cut short; copy it again");
    }
    section_data(&section)
        .and_then(|bytes| Descriptor::new(platform, bytes))
        .context("its descriptor is damaged; build it again")
}
// ANCHOR_END: read

fn section_data<'data>(
    section: &impl ObjectSection<'data>,
) -> Result<&'data [u8]> {
    // The file of some platforms fills a section up to a page.
    ensure!(section.size() <= 64 << 10, "it is too long");
    section.data().map_err(|error| anyhow!("{error}"))
}

// ANCHOR: parse
/// The `field=value` lines of a descriptor's bytes.
fn parse(bytes: &[u8]) -> Result<Vec<(String, String)>> {
    let end = bytes.iter().rposition(|byte| *byte != 0);
    let text = str::from_utf8(&bytes[..end.map_or(0, |at| at + 1)])?;
    let text = text.strip_prefix(MAGIC).context("no first line")?;
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let (name, value) =
            line.split_once('=').context("a line without =")?;
        ensure!(!line.contains(char::is_control), "not plain text");
        ensure!(
            fields.iter().all(|field| field.0 != name),
            "a field that is there twice"
        );
        fields.push((name.to_owned(), value.to_owned()));
    }
    ensure!(text.ends_with('\n'), "no last line");
    Ok(fields)
}
// ANCHOR_END: parse

fn platform_of<'data, R: ReadRef<'data>>(
    library: &object::File<'data, R>,
) -> String {
    let format = match library.format() {
        BinaryFormat::Elf => "ELF (Linux)",
        BinaryFormat::Pe => "PE (Windows)",
        BinaryFormat::MachO => "Mach-O (macOS)",
        _ => "unknown",
    };
    let architecture = match library.architecture() {
        Architecture::I386 => "x86".to_owned(),
        other => format!("{other:?}").to_lowercase(),
    };
    let bits = if library.is_64() { 64 } else { 32 };
    let little = library.is_little_endian();
    platform(bits, little, &architecture, format)
}

fn own_platform() -> String {
    let format = if cfg!(windows) {
        "PE (Windows)"
    } else if cfg!(target_vendor = "apple") {
        "Mach-O (macOS)"
    } else {
        "ELF (Linux)"
    };
    let little = cfg!(target_endian = "little");
    platform(usize::BITS, little, consts::ARCH, format)
}

fn platform(
    bits: u32,
    little_endian: bool,
    architecture: &str,
    format: &str,
) -> String {
    let endian = if little_endian { "little" } else { "big" };
    format!("{bits}-bit {endian}-endian {architecture} {format}")
}
