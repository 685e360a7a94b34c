//! The tables of a PE library with names: of the libraries that it
//! needs at once, of those that it needs later, and its own. Windows
//! ignores the sizes of these tables and reads up to an entry of zeros.

use object::endian::LittleEndian as LE;
use object::pe::{
    IMAGE_DIRECTORY_ENTRY_DELAY_IMPORT, IMAGE_DIRECTORY_ENTRY_EXPORT,
    IMAGE_DIRECTORY_ENTRY_IMPORT, ImageDelayloadDescriptor,
    ImageExportDirectory, ImageImportDescriptor,
};
use object::pod::Pod;

use super::pe::Image;
use super::{Blocks, Library, ReadError};

pub(super) fn read(
    blocks: &mut Blocks<'_>,
    image: &Image,
    library: &mut Library,
) -> Result<(), ReadError> {
    let mut needed = Vec::new();
    let entry = |entry: &ImageImportDescriptor| match (
        entry.name.get(LE),
        entry.first_thunk.get(LE),
    ) {
        (_, 0) => 0,
        (name, _) => name,
    };
    let table = IMAGE_DIRECTORY_ENTRY_IMPORT;
    names(blocks, image, table, entry, &mut needed)?;
    let entry = |entry: &ImageDelayloadDescriptor| {
        let name = entry.dll_name_rva.get(LE);
        // Compilers from before 2002 write whole addresses.
        match entry.attributes.get(LE) & 1 {
            0 if name != 0 => name.wrapping_sub(image.base as u32),
            _ => name,
        }
    };
    let table = IMAGE_DIRECTORY_ENTRY_DELAY_IMPORT;
    names(blocks, image, table, entry, &mut needed)?;
    library.needed = needed;

    let table = IMAGE_DIRECTORY_ENTRY_EXPORT;
    if let Some((address, _)) = image.directory(blocks, table)? {
        let (at, _) = image.find(address)?;
        let exports: ImageExportDirectory = blocks.read(at)?;
        let name = exports.name.get(LE);
        if name != 0 {
            let (at, end) = image.find(name)?;
            library.name = Some(blocks.text(at, end)?);
        }
    }
    Ok(())
}

/// The names in a table of such entries, up to the first entry without
/// a name.
fn names<Entry: Pod>(
    blocks: &mut Blocks<'_>,
    image: &Image,
    table: usize,
    name: impl Fn(&Entry) -> u32,
    names: &mut Vec<String>,
) -> Result<(), ReadError> {
    let Some((address, _)) = image.directory(blocks, table)? else {
        return Ok(());
    };
    let size = size_of::<Entry>() as u64;
    let (mut at, end) = image.find(address)?;
    loop {
        if end - at < size {
            return Err(ReadError::damaged("a table without end"));
        }
        let name = name(&blocks.read(at)?);
        if name == 0 {
            return Ok(());
        }
        let (start, end) = image.find(name)?;
        names.push(blocks.text(start, end)?);
        at += size;
    }
}
