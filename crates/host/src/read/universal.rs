//! Universal Mach-O files: several libraries in one file, each for
//! another architecture, after a header that says where each begins.

use std::env::consts;

use object::endian::BigEndian;
use object::macho::{self, FatArch32, FatArch64, FatHeader};
use object::pod::Pod;
use object::read::macho::FatArch;

use super::platform;
use super::{Blocks, ReadError};

/// Chooses the library for this program's architecture, or the first.
pub(super) fn choose(blocks: &mut Blocks<'_>) -> Result<(), ReadError> {
    let header: FatHeader = blocks.read(0)?;
    let count = header.nfat_arch.get(BigEndian);
    // A class file of Java begins in the same way, but with a larger
    // number.
    if !(1..45).contains(&count) {
        return Err(ReadError::unknown());
    }
    let (offset, size) = match header.magic.get(BigEndian) {
        macho::FAT_MAGIC_64 => best::<FatArch64>(blocks, count)?,
        _ => best::<FatArch32>(blocks, count)?,
    };
    blocks.narrow(offset, size)
}

fn best<Arch: FatArch + Pod>(
    blocks: &mut Blocks<'_>,
    count: u32,
) -> Result<(u64, u64), ReadError> {
    let mut best = (0, (0, 0));
    for number in (0..count).rev() {
        let at = size_of::<FatHeader>()
            + number as usize * size_of::<Arch>();
        let library: Arch = blocks.read(at as u64)?;
        let (offset, size) = library.file_range();
        blocks.check(offset, size)?;
        let own = platform::of_macho(library.cputype()) == consts::ARCH;
        // Two variants for which this program is not compiled.
        let other = library.cputype() == macho::CPU_TYPE_ARM64_32
            || library.cputype() == macho::CPU_TYPE_ARM64
                && library.cpusubtype().id()
                    == macho::CPU_SUBTYPE_ARM64E;
        let rank = match (own, other) {
            (true, false) => 3,
            (true, true) => 2,
            _ if number == 0 => 1,
            _ => 0,
        };
        if rank >= best.0 {
            best = (rank, (offset, size));
        }
    }
    Ok(best.1)
}
