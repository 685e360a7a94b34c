//! Files that were cut anywhere, changed at random or are something
//! else.

use std::fs;

use crate::change::change;
use crate::support::{libraries, library};
use crate::{alone, error_of, read_bytes};
use nutshell_host::read::{self, ReadError};

#[test]
fn a_library_cut_anywhere_is_said_to_be_cut_short() {
    let _alone = alone();
    for (name, bytes) in libraries() {
        read_bytes(&bytes).expect("it is whole");
        let (first, last) = (bytes.len() / 200, bytes.len() - 1);
        let places = (0..200).map(|place| place * first);
        for length in places.chain(4..512).chain([last]) {
            let cut = read_bytes(&bytes[..length]);
            let expected = match length {
                0 => "not a library: it is empty",
                1..4 => "not a library: Unknown file magic",
                _ => "it is cut short; copy it again",
            };
            let error = error_of(cut);
            assert_eq!(error, expected, "{name}, {length} bytes");
        }
    }
}

/// 20,000 changed files, the same ones in every run.
#[test]
fn a_changed_file_is_read_without_a_panic_and_in_little_memory() {
    let _alone = alone();
    let libraries = libraries();
    let mut random = fastrand::Rng::with_seed(42);
    let (mut accepted, mut refused) = (0, 0);
    for (_, bytes) in &libraries {
        let mut bytes = bytes.clone();
        for _ in 0..20_000 / libraries.len() + 1 {
            let changes = change(&mut bytes, &mut random);
            match read_bytes(&bytes) {
                Ok(_) => accepted += 1,
                Err(_) => refused += 1,
            }
            for (place, byte) in changes.into_iter().rev() {
                bytes[place] = byte;
            }
        }
    }
    assert!(accepted + refused >= 20_000);
    // Both ways have been taken often.
    assert!(accepted > 1000 && refused > 1000, "{accepted} {refused}");
}

#[test]
fn another_kind_of_file_is_not_a_library() {
    let _alone = alone();
    let mut object = library("aarch64-linux");
    object[16] = 1; // e_type
    let mut macho_object = library("x86_64-macos");
    macho_object[12] = 1; // filetype
    let mut unknown = library("aarch64-linux");
    unknown[4] = 3; // of which class?
    let mut program = library("x86_64-windows");
    let start = u32::from_le_bytes(program[60..64].try_into().unwrap());
    program[start as usize] = b'N';
    for (bytes, reason) in [
        (&b"# Rust plugins in a nutshell\n"[..], "Unknown file magic"),
        (b"GROUP ( libm.so.6 )", "Unknown file magic"),
        (b"!<arch>\nan archive", "Unknown file magic"),
        (b"\xca\xfe\xba\xbe\0\0\0\x34Java", "Unknown file magic"),
        (b"", "it is empty"),
        (b"#", "Unknown file magic"),
        (&object, "an object file or a core dump"),
        (&macho_object, "an object file or a core dump"),
        (&unknown, "Unsupported ELF header"),
        (&program, "Unknown MS-DOS file"),
    ] {
        let error = error_of(read_bytes(bytes));
        assert_eq!(error, format!("not a library: {reason}"));
    }
}

/// The table of sections is there, the rest is not.
#[test]
fn a_segment_past_the_end_is_cut_short() {
    let _alone = alone();
    let mut bytes = library("aarch64-linux");
    let size = 64 + 56 + 32; // p_filesz of the first part to load
    bytes[size..size + 8].copy_from_slice(&(1_u64 << 40).to_le_bytes());
    let error = error_of(read_bytes(&bytes));
    assert_eq!(error, "it is cut short; copy it again");
}

#[test]
fn a_library_without_a_table_of_sections_has_no_descriptor() {
    let _alone = alone();
    let mut bytes = library("s390x-linux");
    let whole = read_bytes(&bytes).expect("it is whole");
    assert!(whole.section.is_some());
    bytes[0x28..0x30].fill(0); // e_shoff
    bytes[0x3c..0x40].fill(0); // e_shnum, e_shstrndx
    let mut expected = whole;
    expected.section = None;
    assert_eq!(read_bytes(&bytes).expect("segments"), expected);
}

#[test]
fn what_the_system_says_is_passed_on() {
    let _alone = alone();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("file");
    fs::write(&path, library("x86_64-macos")).expect("a new file");
    let file = fs::File::open(&path).expect("it is there");
    read::read(&file).expect("a library");
    let mut writer = fs::OpenOptions::new();
    let unreadable = writer.append(true).open(&path).expect("a file");
    let error = read::read(&unreadable).expect_err("not to be read");
    assert!(matches!(error, ReadError::Io(_)), "{error:?}");
    assert!(error.to_string().starts_with("it cannot be read: "));
    assert!(std::error::Error::source(&error).is_some());
}
