//! Files that were made to make their reader take long, or much memory.
//! Nothing here looks at a clock: `read_within` counts what is read.

use nutshell_host::read::{Library, ReadError, Source};

use crate::make::{self, MachO};
use crate::support::{Counted, Sparse, library};
use crate::{alone, error_of, read_bytes, read_within};

const TOO_LARGE: &str = "its headers are damaged: they are too large";
const CUT: &str = "it is cut short; copy it again";

fn read_source(source: &dyn Source) -> Result<Library, ReadError> {
    read_within(&Counted::new(source))
}

fn sparse(length: u64, parts: &[(u64, &[u8])]) -> Sparse {
    let parts = parts.iter().map(|(at, part)| (*at, part.to_vec()));
    Sparse { length, parts: parts.collect() }
}

#[test]
fn sections_with_names_far_apart_are_too_large() {
    let _alone = alone();
    let count = 0xfeff_u16;
    let names = 8 << 20;
    let size = u64::from(count) << 12;
    let mut table = make::section(0, 0, (0, 0));
    table.extend(make::section(0, 3, (names, size)));
    for number in 2..u32::from(count) {
        table.extend(make::section(number << 12, 1, (0, 0)));
    }
    let header = make::elf((64, count, 1), (0, 0));
    let parts = [(0, &*header), (64, &*table)];
    let source = sparse(names + size, &parts);
    assert_eq!(error_of(read_source(&source)), TOO_LARGE);
    let source = sparse(names + size - 1, &parts);
    assert_eq!(error_of(read_source(&source)), CUT);
}

#[test]
fn billions_of_sections_are_too_large_or_cut_short() {
    let _alone = alone();
    let count = u64::from(u32::MAX);
    for (count, length, expected) in [
        (count, 64 + count * 64, TOO_LARGE),
        (count, 64 + count * 64 - 1, CUT),
        (u64::MAX, 1 << 62, CUT),
    ] {
        let header = make::elf((64, 0, 0), (0, 0));
        let first = make::first_section(count, 0, 0);
        let source = sparse(length, &[(0, &header), (64, &first)]);
        assert_eq!(error_of(read_source(&source)), expected);
    }
}

/// As many as may be read, and each has a name that is looked at.
#[test]
fn sections_with_one_name_are_too_large() {
    let _alone = alone();
    let count = 200_000_u32;
    let names = 64 + u64::from(count) * 64;
    let mut table = make::first_section(count.into(), 1, 0);
    table.extend(make::section(0, 3, (names, 8)));
    let other = make::section(0, 1, (0, 0));
    table.extend(other.repeat(count as usize - 2));
    let mut header = make::elf((64, 0, 0xffff), (0, 0));
    header.extend(table);
    header.extend(b".others\0");
    assert_eq!(error_of(read_bytes(&header)), TOO_LARGE);
}

#[test]
fn billions_of_segments_are_too_large_or_cut_short() {
    let _alone = alone();
    let count = u64::from(u32::MAX);
    for (length, expected) in
        [(4096 + count * 56, TOO_LARGE), (4095 + count * 56, CUT)]
    {
        let header = make::elf((64, 1, 0), (4096, 0xffff));
        let first = make::first_section(0, 0, u32::MAX);
        let source = sparse(length, &[(0, &header), (64, &first)]);
        assert_eq!(error_of(read_source(&source)), expected);
    }
}

#[test]
fn names_that_overlap_are_paid_for_one_by_one() {
    let _alone = alone();
    let mut strings = vec![b'x'; 4096];
    strings.push(0);
    let mut entries = vec![(5, 0)];
    entries.extend((0..100_000).map(|at| (1, at % 4096)));
    entries.push((0, 0));
    let error =
        error_of(read_bytes(&make::elf_with(&entries, &strings)));
    assert_eq!(error, TOO_LARGE);
    // As many as a library may well have.
    entries.truncate(1000);
    entries.push((0, 0));
    let bytes = make::elf_with(&entries, &strings);
    let library = read_bytes(&bytes).expect("a library");
    assert_eq!(library.needed.len(), 999);
}

#[test]
fn a_table_of_needs_must_have_an_end() {
    let _alone = alone();
    let endless = "its headers are damaged: a table without end";
    let bytes = make::elf_with(&[(1, 0); 1000], b"\0");
    assert_eq!(error_of(read_bytes(&bytes)), endless);
    let bytes = make::elf_with(&[(1, 0); 2_000_000], b"\0");
    assert_eq!(error_of(read_bytes(&bytes)), TOO_LARGE);
}

#[test]
fn a_name_must_have_an_end() {
    let _alone = alone();
    let endless = "its headers are damaged: a name without end";
    let entries = [(5, 0), (1, 0), (0, 0)];
    for length in [0, 1, 100_000] {
        let mut bytes =
            make::elf_with(&entries, &[b'x'].repeat(length));
        assert_eq!(
            error_of(read_bytes(&bytes)),
            match length {
                0 =>
                    "its headers are damaged: an address outside of the file",
                _ => endless,
            }
        );
        // After the segment, where nothing is loaded.
        bytes.push(0);
    }
    // The end must be where the strings are said to be.
    let entries = [(10, 3), (5, 0), (1, 0), (0, 0)];
    let bytes = make::elf_with(&entries, b"abc\0");
    assert_eq!(error_of(read_bytes(&bytes)), endless);
    let bytes = make::elf_with(&entries, b"ab\0");
    assert_eq!(read_bytes(&bytes).expect("a library").needed, ["ab"]);
    let bytes = make::elf_with(&entries, b"\xff\xff\0");
    let error = error_of(read_bytes(&bytes));
    let expected = "its headers are damaged: a name that is not UTF-8";
    assert_eq!(error, expected);
}

/// Each name begins in a block of its own and ends many blocks later.
#[test]
fn long_names_in_many_blocks_are_too_large() {
    let _alone = alone();
    let mut strings = vec![b'x'; 32 << 20];
    strings.push(0);
    let mut entries = vec![(5, 0)];
    entries.extend((0..4096).map(|at| (1, (at << 13) + 4095)));
    entries.push((0, 0));
    let error =
        error_of(read_bytes(&make::elf_with(&entries, &strings)));
    assert_eq!(error, "its headers are damaged: a name without end");
    for block in strings.chunks_exact_mut(8 << 10) {
        block[4094] = 0;
    }
    let error =
        error_of(read_bytes(&make::elf_with(&entries, &strings)));
    assert_eq!(error, TOO_LARGE);
}

#[test]
fn a_hundred_thousand_load_commands_are_read_or_too_large() {
    let _alone = alone();
    let made = MachO { is_64: true, big: false };
    let command = made.text(0xaa, 12, "abc");
    let bytes = made.library(7, 100_000, &command.repeat(100_000));
    let source = Counted::new(&bytes);
    assert!(read_within(&source).is_ok());
    assert!(source.reads() < 50, "{} reads", source.reads());
    let command = made.text(0x8000_001c, 12, "abc");
    let bytes = made.library(7, 50_000, &command.repeat(50_000));
    let library = read_bytes(&bytes).expect("a library");
    assert_eq!(library.run_paths.len(), 50_000);
    let bytes = made.library(7, 150_000, &command.repeat(150_000));
    assert_eq!(error_of(read_bytes(&bytes)), TOO_LARGE);
    let bytes = made.library(7, 3_000_000, &command.repeat(1));
    let error = error_of(read_bytes(&bytes));
    let expected = "its headers are damaged: a load command too short";
    assert_eq!(error, expected);
    // The shortest ones, of which most fit into a file.
    let command = [0xaa_u32, 8].map(u32::to_le_bytes).concat();
    let bytes = made.library(7, 2 << 20, &command.repeat(2 << 20));
    assert_eq!(error_of(read_bytes(&bytes)), TOO_LARGE);
    // A command of no size would be read for ever.
    let bytes = made.library(7, u32::MAX, &[0; 64]);
    let error = error_of(read_bytes(&bytes));
    let expected =
        "its headers are damaged: a load command of a wrong size";
    assert_eq!(error, expected);
}

#[test]
fn a_segment_has_no_more_sections_than_fit_into_its_command() {
    let _alone = alone();
    for is_64 in [false, true] {
        let made = MachO { is_64, big: true };
        let mut segment = made.segment((0, 0), &[]);
        let count = segment.len() - 8;
        segment[count..count + 4].fill(0xff);
        let error = error_of(read_bytes(&made.library(7, 1, &segment)));
        let expected =
            "its headers are damaged: a load command too short";
        assert_eq!(error, expected);
    }
}

/// The table of imports of a library for Windows, where it is.
fn imports(bytes: &[u8]) -> (usize, usize) {
    let start = u32::from_le_bytes(bytes[60..64].try_into().unwrap());
    let directory = start as usize + 24 + 112 + 8;
    (start as usize, directory)
}

#[test]
fn imports_without_end_are_too_large() {
    let _alone = alone();
    let mut bytes = library("x86_64-windows");
    let (start, directory) = imports(&bytes);
    let section = start + 24 + 240;
    // The first section becomes 32 MiB of imports of one name.
    let (at, size) = (bytes.len().next_multiple_of(4096), 32 << 20);
    let name = section;
    bytes[name..name + 8].copy_from_slice(b"imports\0");
    for (place, value) in
        [(8, size), (12, 0x10_0000), (16, size), (20, at)]
    {
        bytes[section + place..section + place + 4]
            .copy_from_slice(&(value as u32).to_le_bytes());
    }
    bytes[directory..directory + 4]
        .copy_from_slice(&0x10_0000_u32.to_le_bytes());
    bytes.resize(at, 0);
    let mut import = [0; 20];
    import[12..16].copy_from_slice(&(name as u32).to_le_bytes());
    import[16] = 1;
    bytes.extend(import.iter().cycle().take(size));
    assert_eq!(error_of(read_bytes(&bytes)), TOO_LARGE);
    // As many are read as there are before an entry of zeros.
    bytes[at + 200..at + 220].fill(0);
    let library = read_bytes(&bytes).expect("a library");
    assert_eq!(library.needed, ["imports"; 10]);
}

/// Every name is looked up among all sections.
#[test]
fn imports_among_many_sections_are_read() {
    let _alone = alone();
    let bytes = library("x86_64-windows");
    let (start, directory) = imports(&bytes);
    let section = start + 24 + 240;
    let mut bytes = bytes[..section].to_vec();
    bytes[start + 6..start + 8].fill(0xff); // number of sections
    bytes[directory - 8..directory + 128 - 16].fill(0);
    let (count, imports) = (65_535_u32, 10_000);
    let at = (section as u32 + count * 40).next_multiple_of(4096);
    for number in 0..count {
        bytes.extend(b"section\0");
        for value in [0x1000, 0x1000 * (number + 1), 0x1000, at] {
            make::put32(&mut bytes, value);
        }
        bytes.resize(bytes.len() + 16, 0);
    }
    bytes.resize(at as usize, 0);
    // All sections show the same page, and the last is longer.
    let last = section + (count as usize - 1) * 40;
    let long = 0x10_0000_u32.to_le_bytes();
    bytes[last + 8..last + 12].copy_from_slice(&long);
    bytes[last + 16..last + 20].copy_from_slice(&long);
    bytes[directory..directory + 4]
        .copy_from_slice(&(0x1000 * count + 8).to_le_bytes());
    bytes.extend(b"a.dll\0\0\0");
    for number in 0..imports {
        let name = 0x1000 * (number * 6 + 1);
        for value in [0, 0, 0, name, 1] {
            make::put32(&mut bytes, value);
        }
    }
    bytes.resize(at as usize + 0x10_0000, 0);
    let library = read_bytes(&bytes).expect("a library");
    assert_eq!(library.needed.len(), imports as usize);
    assert!(library.needed.iter().all(|name| name == "a.dll"));
}

#[test]
fn two_sections_of_the_name_are_damage() {
    let _alone = alone();
    let damaged = "its headers are damaged: two sections .plugin";
    let range = (0, 8);
    let mut bytes = make::elf((64, 3, 1), (0, 0));
    bytes.extend(make::section(0, 0, (0, 0)));
    bytes.extend(make::section(0, 1, (256, 8)));
    bytes.extend(make::section(0, 1, range));
    bytes.extend(b".plugin\0");
    assert_eq!(error_of(read_bytes(&bytes)), damaged);
    // A name that only begins or ends like it is another.
    bytes[64 + 128] = 1;
    assert!(read_bytes(&bytes).expect("a library").section.is_some());

    let made = MachO { is_64: true, big: false };
    let section = ("__DATA", "__plugin", 0, 8);
    let command = made.segment((0, 0), &[section, section]);
    let bytes = made.library(7, 1, &command);
    assert_eq!(error_of(read_bytes(&bytes)), damaged);
    let other = ("__TEXT", "__plugin", 0, 8);
    let command = made.segment((0, 0), &[other, section]);
    assert!(read_bytes(&made.library(7, 1, &command)).is_ok());

    let mut bytes = library("x86_64-windows");
    let first = imports(&bytes).0 + 24 + 240;
    let name = bytes.windows(8).position(|part| part == b".plugin\0");
    assert!(name.expect("a section") > first);
    bytes[first..first + 8].copy_from_slice(b".plugin\0");
    assert_eq!(error_of(read_bytes(&bytes)), damaged);
}

/// A section that says it is larger than any descriptor, and is there.
#[test]
fn a_section_that_is_too_long_is_damage() {
    let _alone = alone();
    let damaged = "its headers are damaged: section .plugin too long";
    for (size, is_read) in [(64 << 10, true), ((64 << 10) + 1, false)] {
        let mut bytes = make::elf((64, 2, 1), (0, 0));
        bytes.extend(make::section(0, 0, (0, 0)));
        bytes.extend(make::section(0, 1, (192, size)));
        bytes.extend(b".plugin\0");
        bytes.resize(192 + size as usize, 0);
        let elf = read_bytes(&bytes);
        let made = MachO { is_64: false, big: false };
        let section = ("__DATA", "__plugin", 0, size);
        let command = made.segment((0, 0), &[section]);
        let mut bytes = made.library(7, 1, &command);
        bytes.resize(100_000, 0);
        for read in [elf, read_bytes(&bytes)] {
            if is_read {
                let section = read.expect("a library").section;
                assert_eq!(section.expect("it").len() as u64, size);
            } else {
                assert_eq!(error_of(read), damaged);
            }
        }
    }
}
