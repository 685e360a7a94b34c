//! Headers made by hand, for libraries that no linker makes.

/// The header of a 64-bit little-endian ELF library.
pub fn elf(sections: (u64, u16, u16), segments: (u64, u16)) -> Vec<u8> {
    let mut header = b"\x7fELF\x02\x01\x01".to_vec();
    header.resize(16, 0);
    put16(&mut header, 3); // a library
    put16(&mut header, 62); // x86_64
    put32(&mut header, 1);
    for value in [0, segments.0, sections.0] {
        put64(&mut header, value);
    }
    put32(&mut header, 0);
    for value in [64, 56, segments.1, 64, sections.1, sections.2] {
        put16(&mut header, value);
    }
    header
}

/// An entry of its table of sections.
pub fn section(name: u32, kind: u32, range: (u64, u64)) -> Vec<u8> {
    let mut entry = Vec::new();
    put32(&mut entry, name);
    put32(&mut entry, kind);
    for value in [0, 0, range.0, range.1, 0, 0, 0] {
        put64(&mut entry, value);
    }
    entry.truncate(64);
    entry
}

/// The first entry, which has what the header has no room for.
pub fn first_section(count: u64, names: u32, segments: u32) -> Vec<u8> {
    let mut entry = section(0, 0, (0, count));
    entry.truncate(40);
    put32(&mut entry, names);
    put32(&mut entry, segments);
    entry.resize(64, 0);
    entry
}

/// An entry of its table of segments. Addresses are offsets.
pub fn segment(kind: u32, range: (u64, u64)) -> Vec<u8> {
    let mut entry = Vec::new();
    put32(&mut entry, kind);
    put32(&mut entry, 4);
    for value in [range.0, range.0, 0, range.1, range.1, 0] {
        put64(&mut entry, value);
    }
    entry
}

/// A whole ELF library with this table of what it needs, at 4096, and
/// these strings after it.
pub fn elf_with(entries: &[(u64, u64)], strings: &[u8]) -> Vec<u8> {
    let size = 16 * entries.len() as u64;
    let at = 4096 + size;
    let all = at + strings.len() as u64;
    let mut bytes = elf((0, 0, 0), (64, 2));
    bytes.extend(segment(1, (0, all)));
    bytes.extend(segment(2, (4096, size)));
    bytes.resize(4096, 0);
    for (tag, value) in entries {
        put64(&mut bytes, *tag);
        // The strings are where nobody knew before.
        put64(&mut bytes, if *tag == 5 { at } else { *value });
    }
    bytes.extend(strings);
    bytes
}

/// Numbers of a Mach-O library, of either size and byte order.
#[derive(Clone, Copy)]
pub struct MachO {
    pub is_64: bool,
    pub big: bool,
}

impl MachO {
    fn number(self, value: u32) -> [u8; 4] {
        if self.big { value.to_be_bytes() } else { value.to_le_bytes() }
    }

    fn word(self, value: u64) -> Vec<u8> {
        match (self.is_64, self.big) {
            (false, _) => self.number(value as u32).to_vec(),
            (true, true) => value.to_be_bytes().to_vec(),
            (true, false) => value.to_le_bytes().to_vec(),
        }
    }

    /// The whole library, with so many commands in these bytes.
    pub fn library(
        self,
        cpu: u32,
        count: u32,
        commands: &[u8],
    ) -> Vec<u8> {
        let magic = 0xfeed_face + u32::from(self.is_64);
        let size = commands.len() as u32;
        let numbers = [magic, cpu, 0, 6, count, size, 0];
        let mut bytes =
            numbers.map(|value| self.number(value)).concat();
        bytes.resize(if self.is_64 { 32 } else { 28 }, 0);
        bytes.extend(commands);
        bytes
    }

    /// A command with a string at its end, after so many bytes.
    pub fn text(self, kind: u32, at: u32, text: &str) -> Vec<u8> {
        let size = at + text.len() as u32 + 1;
        let numbers = [kind, size, at];
        let mut bytes =
            numbers.map(|value| self.number(value)).concat();
        bytes.resize(at as usize, 0);
        bytes.extend(text.as_bytes());
        bytes.push(0);
        bytes
    }

    /// A segment with these sections: names, offset and size.
    pub fn segment(
        self,
        range: (u64, u64),
        sections: &[(&str, &str, u32, u64)],
    ) -> Vec<u8> {
        let kind = if self.is_64 { 0x19 } else { 1 };
        let mut rest = padded("__DATA");
        for value in [0, 0, range.0, range.1] {
            rest.extend(self.word(value));
        }
        for value in [3, 3, sections.len() as u32, 0] {
            rest.extend(self.number(value));
        }
        for (segment, name, offset, size) in sections {
            rest.extend(padded(name));
            rest.extend(padded(segment));
            rest.extend(self.word(0));
            rest.extend(self.word(*size));
            rest.extend(self.number(*offset));
            rest.resize(
                rest.len() + if self.is_64 { 28 } else { 24 },
                0,
            );
        }
        let size = 8 + rest.len() as u32;
        [&self.number(kind)[..], &self.number(size), &rest].concat()
    }
}

/// A universal file of these libraries, with offsets of either size.
pub fn universal(
    libraries: &[(u32, u32, &[u8])],
    is_64: bool,
) -> Vec<u8> {
    let count = libraries.len() as u32;
    let mut header = vec![0xca, 0xfe, 0xba, 0xbe + u8::from(is_64)];
    header.extend(count.to_be_bytes());
    let mut body: Vec<u8> = Vec::new();
    for (cpu, subtype, library) in libraries {
        header.extend(cpu.to_be_bytes());
        header.extend(subtype.to_be_bytes());
        for value in [4096 + body.len(), library.len()] {
            let value = (value as u64).to_be_bytes();
            header.extend(&value[if is_64 { 0 } else { 4 }..]);
        }
        header.extend([0; 8].iter().take(if is_64 { 8 } else { 4 }));
        body.extend(*library);
    }
    header.resize(4096, 0);
    header.extend(body);
    header
}

fn padded(name: &str) -> Vec<u8> {
    let mut bytes = name.as_bytes().to_vec();
    bytes.resize(16, 0);
    bytes
}

pub fn put16(bytes: &mut Vec<u8>, value: u16) {
    bytes.extend(value.to_le_bytes());
}

pub fn put32(bytes: &mut Vec<u8>, value: u32) {
    bytes.extend(value.to_le_bytes());
}

pub fn put64(bytes: &mut Vec<u8>, value: u64) {
    bytes.extend(value.to_le_bytes());
}
