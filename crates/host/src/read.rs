//! Reads the headers of a library's file. None of the library's code
//! runs, and it may be made for any platform.
//!
//! This reads only the headers and the few sections that are needed,
//! never the symbol table, so the number of symbols does not matter.
//! The file may be hostile. It can make the reader fail, but not panic,
//! run for long or use much memory: `blocks.rs` sets the limits.

#![deny(missing_docs)]

mod blocks;
mod dynamic;
mod elf;
mod error;
mod imports;
mod macho;
mod pe;
mod platform;
mod segments;
mod source;
mod tables;
mod text;
mod universal;

use std::fs::File;
use std::ops::Range;

use blocks::Blocks;
pub use error::ReadError;
pub use platform::own_platform;
pub use source::Source;

/// The content of a library's headers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Library {
    /// What it is made for, such as
    /// `64-bit little-endian x86_64 ELF (Linux)`. The platform of this
    /// program is [`own_platform`].
    pub platform: String,
    /// The content of the section `.plugin`, in Mach-O of the section
    /// `__plugin` of the segment `__DATA`. `None` if there is none.
    pub section: Option<Vec<u8>>,
    /// The libraries that it needs, by the names in its file and in
    /// their order. For ELF, this includes those that it filters.
    pub needed: Vec<String>,
    /// The name by which other libraries need it: `DT_SONAME`,
    /// `LC_ID_DYLIB`, or the name in the export table.
    pub name: Option<String>,
    /// Where the loader looks for what it needs: `DT_RUNPATH`, or
    /// `DT_RPATH` if there is none, or `LC_RPATH`. `$ORIGIN`,
    /// `@loader_path` and the like are not expanded; an empty one is
    /// the working directory.
    pub run_paths: Vec<String>,
    /// Whether the run paths also hold for what its needed libraries
    /// need, because they come from `DT_RPATH`.
    pub inherits: bool,
    /// For ELF, the addresses that its segments take up, from the
    /// lowest to the highest, before the loader moves the library.
    pub span: Range<u64>,
}

/// Reads the headers of a library.
///
/// The position in the file does not matter, and on Unix it does not
/// change.
///
/// # Errors
/// If the file is not a library, is cut short or has headers that make
/// no sense, or if the system cannot read it.
pub fn read(file: &File) -> Result<Library, ReadError> {
    read_from(file)
}

// ANCHOR: read_from
/// As [`read`], from any source of bytes.
///
/// # Errors
/// As for [`read`].
pub fn read_from(source: &impl Source) -> Result<Library, ReadError> {
    let mut blocks = Blocks::new(source)?;
    match blocks.magic()? {
        [0x7f, b'E', b'L', b'F'] => elf::read(&mut blocks),
        [b'M', b'Z', ..] => pe::read(&mut blocks),
        [0xca, 0xfe, 0xba, 0xbe | 0xbf] => {
            universal::choose(&mut blocks)?;
            macho::read(&mut blocks)
        }
        _ => macho::read(&mut blocks),
    }
}
// ANCHOR_END: read_from

impl Library {
    fn new(platform: String) -> Self {
        Self {
            platform,
            section: None,
            needed: Vec::new(),
            name: None,
            run_paths: Vec::new(),
            inherits: false,
            span: 0..0,
        }
    }

    /// Widens the span, so that it covers a segment too.
    fn cover(&mut self, segment: Range<u64>) {
        self.span = match self.span.is_empty() {
            true => segment,
            false => {
                let start = self.span.start.min(segment.start);
                start..self.span.end.max(segment.end)
            }
        };
    }

    /// Keeps the content of our section, which must be the only one of
    /// its name, and no longer than a descriptor can be.
    fn set_section(
        &mut self,
        blocks: &mut Blocks<'_>,
        offset: u64,
        size: u64,
    ) -> Result<(), ReadError> {
        if self.section.is_some() {
            return Err(ReadError::damaged("two sections .plugin"));
        }
        if size > 64 << 10 {
            return Err(ReadError::damaged("section .plugin too long"));
        }
        self.section = Some(blocks.exactly(offset, size)?);
        Ok(())
    }
}
