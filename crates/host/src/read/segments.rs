//! The segments of an ELF library: what of the file is loaded, and where.

use object::elf;
use object::endian::Endianness;
use object::read::elf::{FileHeader, ProgramHeader, SectionHeader};

use super::elf::Elf;
use super::{Blocks, Library, ReadError, dynamic};

/// A part of the file that is loaded, and where in memory it begins.
pub(super) struct Segment {
    pub address: u64,
    pub offset: u64,
    pub size: u64,
}

impl<Header: FileHeader<Endian = Endianness>> Elf<Header> {
    pub(super) fn read_segments(
        &self,
        blocks: &mut Blocks<'_>,
        library: &mut Library,
    ) -> Result<(), ReadError> {
        let start: u64 = self.header.e_phoff(self.endian).into();
        let count = match (self.header.e_phnum(self.endian), self.first)
        {
            (elf::PN_XNUM, Some(first)) => first.sh_info(self.endian),
            (count, _) => u32::from(count),
        };
        if start == 0 || count == 0 {
            return Ok(());
        }
        let size = size_of::<Header::ProgramHeader>() as u64;
        if u64::from(self.header.e_phentsize(self.endian)) != size {
            return Err(ReadError::damaged("segments of a wrong size"));
        }
        let all = u64::from(count) * size;
        blocks.check(start, all)?;
        let (mut loaded, mut dynamic) = (Vec::new(), None);
        // There are at most 2^32 of them; no library has more than a few.
        let segments: Vec<Header::ProgramHeader> =
            blocks.table(start, all)?;
        if segments.len() as u64 * size < all {
            return Err(ReadError::damaged("they are too large"));
        }
        for segment in segments {
            let kind = segment.p_type(self.endian);
            if kind == elf::PT_NULL {
                continue;
            }
            let (offset, size) = segment.file_range(self.endian);
            blocks.check(offset, size)?;
            let address = segment.p_vaddr(self.endian).into();
            match kind {
                elf::PT_LOAD => {
                    let in_memory: u64 =
                        segment.p_memsz(self.endian).into();
                    let end = address.saturating_add(in_memory);
                    library.cover(address..end);
                    loaded.push(Segment { address, offset, size });
                }
                // The loader takes the last one.
                elf::PT_DYNAMIC if size > 0 => dynamic = Some(address),
                _ => {}
            }
        }
        match dynamic {
            None => Ok(()),
            Some(at) => {
                dynamic::read(self, blocks, &loaded, at, library)
            }
        }
    }
}
