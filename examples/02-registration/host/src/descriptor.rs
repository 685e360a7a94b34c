//! What a library says of itself, read from its file. None of its code
//! runs, and it may be made for any platform.

use std::cell::RefCell;
use std::env::consts;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail, ensure};
use bumpalo::Bump;
use object::read::ReadRef;
use object::{
    Architecture, BinaryFormat, Object, ObjectSection, ObjectSegment,
};
use plugin_api::descriptor::{MAGIC, SECTION, SIZE};

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

/// A file as `object` wants to see it, read in blocks that live in an
/// arena: what is asked for lies close together, headers at the start,
/// sections and their names at the end. The headers of a damaged file
/// may ask for all of it again and again, so there is a limit.
struct Blocks<'arena, R> {
    arena: &'arena Bump,
    length: u64,
    file: RefCell<R>,
    read: RefCell<Vec<(u64, &'arena [u8])>>,
}

impl<'arena, R: Read + Seek> Blocks<'arena, R> {
    const SIZE: u64 = 4096;
    const LIMIT: usize = 16 << 20;

    fn new(mut file: R, arena: &'arena Bump) -> io::Result<Self> {
        arena.set_allocation_limit(Some(Self::LIMIT));
        let length = file.seek(SeekFrom::End(0))?;
        let (file, read) = (RefCell::new(file), RefCell::default());
        Ok(Self { arena, length, file, read })
    }

    /// Reads what begins there, and what is around it.
    fn read(&self, offset: u64, size: u64) -> io::Result<()> {
        // Near the end it is the last whole block.
        let last = self.length.saturating_sub(Self::SIZE);
        let start = offset.min(last);
        let end = (offset + size).max(start + Self::SIZE);
        let length = (end.min(self.length) - start) as usize;
        let block = self
            .arena
            .try_alloc_slice_fill_copy(length, 0)
            .map_err(|_| io::ErrorKind::OutOfMemory)?;
        let mut file = self.file.borrow_mut();
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(block)?;
        self.read.borrow_mut().push((start, block));
        Ok(())
    }

    fn find(&self, offset: u64, size: u64) -> Option<&'arena [u8]> {
        self.read.borrow().iter().find_map(|(start, block)| {
            let at =
                usize::try_from(offset.checked_sub(*start)?).ok()?;
            block.get(at..)?.get(..usize::try_from(size).ok()?)
        })
    }
}

impl<'arena, R: Read + Seek> ReadRef<'arena> for &Blocks<'arena, R> {
    fn len(self) -> Result<u64, ()> {
        Ok(self.length)
    }

    fn read_bytes_at(
        self,
        offset: u64,
        size: u64,
    ) -> Result<&'arena [u8], ()> {
        let end = offset.checked_add(size).ok_or(())?;
        if end > self.length {
            return Err(());
        }
        if self.find(offset, size).is_none() {
            self.read(offset, size).map_err(|_| ())?;
        }
        self.find(offset, size).ok_or(())
    }

    fn read_bytes_at_until(
        self,
        range: Range<u64>,
        delimiter: u8,
    ) -> Result<&'arena [u8], ()> {
        let size = range.end.checked_sub(range.start).ok_or(())?;
        let size = size.min(Blocks::<R>::SIZE);
        let bytes = self.read_bytes_at(range.start, size)?;
        let length = bytes.iter().position(|byte| *byte == delimiter);
        Ok(&bytes[..length.ok_or(())?])
    }
}
