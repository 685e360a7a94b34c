//! ELF, of 32 and 64 bits and either byte order. What the loader needs
//! is in segments (`dynamic.rs`); our section is in the table of
//! sections. This table is at the end of the file, so a library that
//! was copied only in part turns out to be cut short.

use object::elf::{self, FileHeader32, FileHeader64};
use object::endian::Endianness;
use object::read::elf::{FileHeader, SectionHeader};

use super::platform::{self, ELF};
use super::{Blocks, Library, ReadError};

pub(super) fn read(
    blocks: &mut Blocks<'_>,
) -> Result<Library, ReadError> {
    match blocks.bytes(4, 1)? {
        [1] => Elf::<FileHeader32<Endianness>>::read(blocks),
        [2] => Elf::<FileHeader64<Endianness>>::read(blocks),
        _ => Err(ReadError::not_a_library("Unsupported ELF header")),
    }
}

/// The name of the section, with the zero that ends it in the file.
const SECTION: &[u8] = b".plugin\0";

/// How many bytes before the table of sections are read with it.
const BEFORE: u64 = 6 << 10;

/// The headers that lead to the others.
pub(super) struct Elf<Header: FileHeader> {
    pub endian: Endianness,
    pub header: Header,
    /// The first section, if any, has the numbers that are too large
    /// for the header.
    pub first: Option<Header::SectionHeader>,
}

impl<Header: FileHeader<Endian = Endianness>> Elf<Header> {
    fn read(blocks: &mut Blocks<'_>) -> Result<Library, ReadError> {
        let header: Header = blocks.read(0)?;
        let unsupported =
            || ReadError::not_a_library("Unsupported ELF header");
        if !header.is_supported() {
            return Err(unsupported());
        }
        let endian = header.endian().map_err(|_| unsupported())?;
        if !matches!(header.e_type(endian), elf::ET_DYN | elf::ET_EXEC)
        {
            return Err(ReadError::not_a_library(
                "an object file or a core dump",
            ));
        }
        let is_64 = header.is_class_64();
        let machine = platform::of_elf(header.e_machine(endian), is_64);
        let little = header.is_little_endian();
        let mut library =
            Library::new(platform::name(is_64, little, machine, ELF));
        let mut elf = Self { endian, header, first: None };
        elf.read_sections(blocks, &mut library)?;
        elf.read_segments(blocks, &mut library)?;
        Ok(library)
    }

    fn read_sections(
        &mut self,
        blocks: &mut Blocks<'_>,
        library: &mut Library,
    ) -> Result<(), ReadError> {
        let start: u64 = self.header.e_shoff(self.endian).into();
        if start == 0 {
            return Ok(());
        }
        let size = size_of::<Header::SectionHeader>() as u64;
        if u64::from(self.header.e_shentsize(self.endian)) != size {
            return Err(ReadError::damaged("sections of a wrong size"));
        }
        let count = u64::from(self.header.e_shnum(self.endian));
        // The names of the sections are mostly just before the table,
        // and what the loader needs is before them: one read is enough.
        blocks.ahead(
            start,
            count.max(1).saturating_mul(size),
            BEFORE,
        )?;
        let first: Header::SectionHeader = blocks.read(start)?;
        self.first = Some(first);
        let count = match count {
            0 => first.sh_size(self.endian).into(),
            count => count,
        };
        if count == 0 {
            return Ok(());
        }
        let all = count.saturating_mul(size);
        blocks.check(start, all)?;
        let (names, names_end) = match self.names(count)? {
            None => (0, 0),
            Some(index) => {
                let names: Header::SectionHeader =
                    blocks.read(start + index * size)?;
                let range = names.file_range(self.endian);
                let (at, size) = range.unwrap_or_default();
                blocks.check(at, size)?;
                (at, at + size)
            }
        };
        let mut at = 0;
        while at < all {
            let sections: Vec<Header::SectionHeader> =
                blocks.table(start + at, all - at)?;
            at += sections.len() as u64 * size;
            for section in &sections {
                let place = self.check_section(blocks, section)?;
                let name =
                    names + u64::from(section.sh_name(self.endian));
                let length = SECTION.len() as u64;
                // A section of another type has no text.
                if section.sh_type(self.endian) == elf::SHT_PROGBITS
                    && name + length <= names_end
                    && blocks.bytes(name, length)? == SECTION
                {
                    library.set_section(blocks, place.0, place.1)?;
                }
            }
        }
        Ok(())
    }

    /// Where in the file a section is. The file must have all of it.
    fn check_section(
        &self,
        blocks: &Blocks<'_>,
        section: &Header::SectionHeader,
    ) -> Result<(u64, u64), ReadError> {
        let is_there = section.sh_type(self.endian) != elf::SHT_NULL;
        let range =
            section.file_range(self.endian).filter(|_| is_there);
        let (offset, size) = range.unwrap_or_default();
        blocks.check(offset, size)?;
        Ok((offset, size))
    }

    /// Which section has the names of all sections.
    fn names(&self, count: u64) -> Result<Option<u64>, ReadError> {
        let index = self.header.e_shstrndx(self.endian);
        let index = match (index, self.first) {
            (elf::SHN_UNDEF, _) => return Ok(None),
            (elf::SHN_XINDEX, Some(first)) => {
                u64::from(first.sh_link(self.endian))
            }
            (index, _) => u64::from(index.0),
        };
        if index >= count {
            return Err(ReadError::damaged("no names of sections"));
        }
        Ok(Some(index))
    }
}
