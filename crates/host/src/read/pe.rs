//! PE, of 32 and 64 bits. The name of a library and the tables of what
//! it needs are found by addresses in memory (`imports.rs`).

use object::endian::LittleEndian as LE;
use object::pe::{self, ImageNtHeaders32, ImageNtHeaders64};
use object::read::pe::{ImageNtHeaders, ImageOptionalHeader};

use super::platform::{self, PE};
use super::{Blocks, Library, ReadError, imports};

pub(super) fn read(
    blocks: &mut Blocks<'_>,
) -> Result<Library, ReadError> {
    let dos: pe::ImageDosHeader = blocks.read(0)?;
    let start = u64::from(dos.e_lfanew.get(LE));
    // The magic number is at the same place for both sizes.
    let magic = start + 24;
    blocks.check(start, 26)?;
    match *blocks.bytes(magic, 2)? {
        [0x0b, 0x01] => read_as::<ImageNtHeaders32>(blocks, start),
        [0x0b, 0x02] => read_as::<ImageNtHeaders64>(blocks, start),
        _ => Err(ReadError::not_a_library("Unknown MS-DOS file")),
    }
}

fn read_as<Headers: ImageNtHeaders>(
    blocks: &mut Blocks<'_>,
    start: u64,
) -> Result<Library, ReadError> {
    let headers: Headers = blocks.read(start)?;
    if headers.signature() != pe::IMAGE_NT_SIGNATURE {
        return Err(ReadError::not_a_library("Unknown MS-DOS file"));
    }
    let file = headers.file_header();
    let machine = platform::of_pe(file.machine.get(LE));
    let mut library = Library::new(platform::name(
        headers.is_type_64(),
        true,
        machine,
        PE,
    ));

    // Nobody reads the symbols, but if they are missing, the file is
    // cut short.
    let symbols = u64::from(file.pointer_to_symbol_table.get(LE));
    if symbols > 0 {
        let count = u64::from(file.number_of_symbols.get(LE));
        blocks
            .check(symbols, count * pe::IMAGE_SIZEOF_SYMBOL as u64)?;
    }
    let optional = headers.optional_header();
    blocks.check(0, optional.size_of_headers().into())?;
    let mut image = Image {
        base: optional.image_base(),
        directories: start + size_of::<Headers>() as u64,
        count: optional.number_of_rva_and_sizes(),
        sections: vec![Section {
            address: 0,
            offset: 0,
            size: optional.size_of_headers(),
        }],
    };
    let size = u64::from(file.size_of_optional_header.get(LE));
    let own = size_of::<Headers::ImageOptionalHeader>() as u64;
    let table = image.directories + size.saturating_sub(own);
    if size < own + u64::from(image.count) * 8 {
        return Err(ReadError::damaged("a header of a wrong size"));
    }
    let count = file.number_of_sections.get(LE);
    image.read_sections(blocks, table, count, &mut library)?;
    // The certificates are at the end of a signed file. Unlike all
    // other tables, they are found by an offset and not by an address.
    let table = pe::IMAGE_DIRECTORY_ENTRY_SECURITY;
    if let Some((at, size)) = image.directory(blocks, table)? {
        blocks.check(at.into(), size.into())?;
    }
    imports::read(blocks, &image, &mut library)?;
    Ok(library)
}

/// What is needed to find things in a PE file by their addresses.
pub(super) struct Image {
    pub base: u64,
    directories: u64,
    count: u32,
    /// Sorted by address; the first are the headers.
    sections: Vec<Section>,
}

/// A part of the file and where in memory it begins.
struct Section {
    address: u32,
    offset: u32,
    size: u32,
}

impl Image {
    fn read_sections(
        &mut self,
        blocks: &mut Blocks<'_>,
        table: u64,
        count: u16,
        library: &mut Library,
    ) -> Result<(), ReadError> {
        let size = size_of::<pe::ImageSectionHeader>() as u64;
        let all = u64::from(count) * size;
        blocks.check(table, all)?;
        for at in (0..all).step_by(size as usize) {
            let section: pe::ImageSectionHeader =
                blocks.read_of(table + at, all - at)?;
            let raw = section.size_of_raw_data.get(LE);
            if raw == 0 {
                continue;
            }
            let offset = section.pointer_to_raw_data.get(LE);
            blocks.check(offset.into(), raw.into())?;
            // The padding up to a block of the file is not loaded.
            let size = match section.virtual_size.get(LE) {
                0 => raw,
                size => size.min(raw),
            };
            if &section.name == b".plugin\0" {
                library.set_section(
                    blocks,
                    offset.into(),
                    size.into(),
                )?;
            }
            let address = section.virtual_address.get(LE);
            self.sections.push(Section { address, offset, size });
        }
        self.sections.sort_by_key(|section| section.address);
        Ok(())
    }

    /// The address and size of a table, if there is one of this number.
    pub fn directory(
        &self,
        blocks: &mut Blocks<'_>,
        number: usize,
    ) -> Result<Option<(u32, u32)>, ReadError> {
        if number as u64 >= u64::from(self.count) {
            return Ok(None);
        }
        let at = self.directories + 8 * number as u64;
        let directory: pe::ImageDataDirectory = blocks.read(at)?;
        let (address, size) = directory.address_range();
        Ok((address != 0).then_some((address, size)))
    }

    /// Where in the file an address is, and where its section ends.
    pub fn find(&self, address: u32) -> Result<(u64, u64), ReadError> {
        let after =
            self.sections.partition_point(|it| it.address <= address);
        let section = &self.sections[after - 1];
        let (at, offset) =
            (address - section.address, u64::from(section.offset));
        if at >= section.size {
            let outside = "an address outside of the file";
            return Err(ReadError::damaged(outside));
        }
        Ok((offset + u64::from(at), offset + u64::from(section.size)))
    }
}
