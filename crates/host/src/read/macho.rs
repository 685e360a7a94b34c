//! Mach-O, of 32 and 64 bits and either byte order. All that we need is
//! in the load commands, which follow the header.

use object::endian::Endianness;
use object::macho::{self, MachHeader32, MachHeader64};
use object::pod::Pod;
use object::read::macho::{MachHeader, Section, Segment};

use super::platform::{self, MACHO};
use super::{Blocks, Library, ReadError};

pub(super) fn read(
    blocks: &mut Blocks<'_>,
) -> Result<Library, ReadError> {
    match blocks.magic()? {
        [0xfe, 0xed, 0xfa, 0xce] | [0xce, 0xfa, 0xed, 0xfe] => {
            MachO::<MachHeader32<Endianness>>::read(blocks)
        }
        [0xfe, 0xed, 0xfa, 0xcf] | [0xcf, 0xfa, 0xed, 0xfe] => {
            MachO::<MachHeader64<Endianness>>::read(blocks)
        }
        _ => Err(ReadError::unknown()),
    }
}

struct MachO<'a, 'source, Header: MachHeader> {
    blocks: &'a mut Blocks<'source>,
    library: Library,
    endian: Endianness,
    header: Header,
}

/// Where a load command is, and where it ends.
#[derive(Clone, Copy)]
struct Command {
    at: u64,
    end: u64,
}

impl<Header: MachHeader<Endian = Endianness>> MachO<'_, '_, Header> {
    fn read(blocks: &mut Blocks<'_>) -> Result<Library, ReadError> {
        let header: Header = blocks.read(0)?;
        let endian =
            header.endian().map_err(|_| ReadError::unknown())?;
        let kind = header.filetype(endian);
        if matches!(kind, macho::MH_OBJECT | macho::MH_CORE) {
            return Err(ReadError::not_a_library(
                "an object file or a core dump",
            ));
        }
        let architecture = platform::of_macho(header.cputype(endian));
        let library = Library::new(platform::name(
            header.is_type_64(),
            header.is_little_endian(),
            architecture,
            MACHO,
        ));
        let mut macho = MachO { blocks, library, endian, header };
        macho.read_commands()?;
        Ok(macho.library)
    }

    fn read_commands(&mut self) -> Result<(), ReadError> {
        let mut at = size_of::<Header>() as u64;
        let size = u64::from(self.header.sizeofcmds(self.endian));
        self.blocks.check(at, size)?;
        let end = at + size;
        for _ in 0..self.header.ncmds(self.endian) {
            let command: macho::LoadCommand<Endianness> =
                self.structure(Command { at, end })?;
            let size = u64::from(command.cmdsize.get(self.endian));
            let least = size_of_val(&command) as u64;
            if size < least || size > end - at {
                let wrong = "a load command of a wrong size";
                return Err(ReadError::damaged(wrong));
            }
            let kind = command.cmd.get(self.endian);
            self.read_command(kind, Command { at, end: at + size })?;
            at += size;
        }
        Ok(())
    }

    fn read_command(
        &mut self,
        kind: macho::LoadCommandType,
        command: Command,
    ) -> Result<(), ReadError> {
        match kind {
            macho::LC_SEGMENT | macho::LC_SEGMENT_64 => {
                // The loader ignores segments of the other size.
                let is_64 = kind == macho::LC_SEGMENT_64;
                if is_64 == self.header.is_type_64() {
                    self.read_segment(command)?;
                }
            }
            macho::LC_LOAD_DYLIB
            | macho::LC_LOAD_WEAK_DYLIB
            | macho::LC_REEXPORT_DYLIB
            | macho::LC_LAZY_LOAD_DYLIB
            | macho::LC_LOAD_UPWARD_DYLIB => {
                let name = self.name(command)?;
                self.library.needed.push(name);
            }
            macho::LC_ID_DYLIB => {
                self.library.name = Some(self.name(command)?);
            }
            macho::LC_RPATH => {
                let rpath: macho::RpathCommand<Endianness> =
                    self.structure(command)?;
                let path = self.text(command, rpath.path)?;
                self.library.run_paths.push(path);
            }
            _ => {}
        }
        Ok(())
    }

    fn read_segment(
        &mut self,
        command: Command,
    ) -> Result<(), ReadError> {
        let segment: Header::Segment = self.structure(command)?;
        let (offset, size) = segment.file_range(self.endian);
        self.blocks.check(offset, size)?;
        let mut at = command.at + size_of_val(&segment) as u64;
        for _ in 0..segment.nsects(self.endian) {
            let section: Header::Section =
                self.structure(Command { at, end: command.end })?;
            at += size_of_val(&section) as u64;
            self.read_section(&section)?;
        }
        Ok(())
    }

    fn read_section(
        &mut self,
        section: &Header::Section,
    ) -> Result<(), ReadError> {
        // Sections of zeros are not in the file.
        if matches!(
            section.section_type(self.endian),
            macho::S_ZEROFILL
                | macho::S_GB_ZEROFILL
                | macho::S_THREAD_LOCAL_ZEROFILL
        ) {
            return Ok(());
        }
        let offset = u64::from(section.offset(self.endian));
        let size: u64 = section.size(self.endian).into();
        self.blocks.check(offset, size)?;
        let wanted: (&[u8], &[u8]) = (b"__DATA", b"__plugin");
        if (section.segment_name(), section.name()) == wanted {
            self.library.set_section(self.blocks, offset, size)?;
        }
        Ok(())
    }

    fn name(&mut self, command: Command) -> Result<String, ReadError> {
        let dylib: macho::DylibCommand<Endianness> =
            self.structure(command)?;
        self.text(command, dylib.dylib.name)
    }

    fn text(
        &mut self,
        command: Command,
        text: macho::LcStr<Endianness>,
    ) -> Result<String, ReadError> {
        let at = command.at + u64::from(text.offset.get(self.endian));
        self.blocks.text(at, command.end)
    }

    /// The structure at the beginning of a command. The command must be
    /// long enough for it.
    fn structure<T: Pod>(
        &mut self,
        command: Command,
    ) -> Result<T, ReadError> {
        let rest = command.end.saturating_sub(command.at);
        if rest < size_of::<T>() as u64 {
            return Err(ReadError::damaged("a load command too short"));
        }
        self.blocks.read_of(command.at, rest)
    }
}
