//! What an ELF library tells the loader: its name, the libraries that
//! it needs, and where to search for them. This is found as the loader
//! finds it, by addresses in memory, because a library need not have
//! sections.

use object::elf;
use object::endian::Endianness;
use object::read::elf::{Dyn, FileHeader};

use super::elf::Elf;
use super::segments::Segment;
use super::{Blocks, Library, ReadError};

/// Reads the table at this address.
pub(super) fn read<Header: FileHeader<Endian = Endianness>>(
    elf: &Elf<Header>,
    blocks: &mut Blocks<'_>,
    loaded: &[Segment],
    address: u64,
    library: &mut Library,
) -> Result<(), ReadError> {
    let mut needed = Vec::new();
    let (mut name, mut run_path, mut inherited) = (None, None, None);
    let mut strings = None;
    let mut strings_size = u64::MAX;
    let (at, end) = find(loaded, address)?;
    let size = size_of::<Header::Dyn>() as u64;
    let mut entries = Vec::<Header::Dyn>::new().into_iter();
    let mut next = at;
    loop {
        if entries.len() == 0 {
            if end - next < size {
                return Err(ReadError::damaged("a table without end"));
            }
            let piece = (end - next).min(64 * size);
            entries = blocks.table(next, piece)?.into_iter();
            next += entries.len() as u64 * size;
        }
        let Some(entry) = entries.next() else { continue };
        let value: u64 = entry.d_val(elf.endian).into();
        // If an entry that should be there once is repeated, the loader
        // takes the last one.
        match entry.tag(elf.endian) {
            elf::DT_NULL => break,
            // The loader also loads what this library filters.
            elf::DT_NEEDED | elf::DT_AUXILIARY | elf::DT_FILTER => {
                needed.push(value);
            }
            elf::DT_SONAME => name = Some(value),
            elf::DT_RUNPATH => run_path = Some(value),
            elf::DT_RPATH => inherited = Some(value),
            elf::DT_STRTAB => strings = Some(value),
            elf::DT_STRSZ => strings_size = value,
            _ => {}
        }
    }
    library.inherits = run_path.is_none() && inherited.is_some();
    let run_path = run_path.or(inherited);
    if needed.is_empty() && name.is_none() && run_path.is_none() {
        return Ok(());
    }
    let strings = strings
        .ok_or_else(|| ReadError::damaged("names, but where?"))?;
    let (strings, end) = find(loaded, strings)?;
    let end = strings.saturating_add(strings_size).min(end);
    let mut text = |at| blocks.text(strings.saturating_add(at), end);
    library.needed =
        needed.into_iter().map(&mut text).collect::<Result<_, _>>()?;
    library.name = name.map(&mut text).transpose()?;
    let run_path = run_path.map(text).transpose()?.unwrap_or_default();
    if !run_path.is_empty() {
        library.run_paths =
            run_path.split(':').map(str::to_owned).collect();
    }
    Ok(())
}

/// Where in the file an address is, and where its segment ends.
fn find(
    loaded: &[Segment],
    address: u64,
) -> Result<(u64, u64), ReadError> {
    // Where segments overlap, the last one is what memory has.
    for segment in loaded.iter().rev() {
        let at = address.wrapping_sub(segment.address);
        if at < segment.size {
            let end = segment.offset + segment.size;
            return Ok((segment.offset + at, end));
        }
    }
    Err(ReadError::damaged("an address outside of the file"))
}
