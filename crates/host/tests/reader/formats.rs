//! What is read of each format, and that it is right.

use std::env;

use nutshell_host::read::{self, Library};

use crate::make::{self, MachO};
use crate::support::{Counted, libraries, library};
use crate::{alone, error_of, read_bytes, read_within};

const START: &[u8] = b"rust plugin descriptor";

fn read_library(name: &str) -> Library {
    read_bytes(&library(name)).expect("a library")
}

#[test]
fn a_descriptor_is_found_in_every_format() {
    let _alone = alone();
    let mut platforms = String::new();
    for (name, bytes) in libraries() {
        let library = read_bytes(&bytes).expect("a library");
        let section = library.section.expect("a section");
        assert!(section.starts_with(START), "{name}");
        assert_eq!(section.len(), 1024, "{name}");
        platforms += &format!("{name}: {}\n", library.platform);
    }
    // The universal file is read for this program's architecture.
    let universal = if cfg!(target_arch = "aarch64") {
        "aarch64"
    } else {
        "x86_64"
    };
    let expected = format!(
        "\
aarch64-linux: 64-bit little-endian aarch64 ELF (Linux)
arm-linux: 32-bit little-endian arm ELF (Linux)
s390x-linux: 64-bit big-endian s390x ELF (Linux)
universal-macos: 64-bit little-endian {universal} Mach-O (macOS)
x86-windows: 32-bit little-endian x86 PE (Windows)
x86_64-macos: 64-bit little-endian x86_64 Mach-O (macOS)
x86_64-windows: 64-bit little-endian x86_64 PE (Windows)
x86_64-windows-delayed: 64-bit little-endian x86_64 PE (Windows)
"
    );
    assert_eq!(platforms, expected);
}

#[test]
fn this_program_is_of_its_own_platform() {
    let _alone = alone();
    let path = env::current_exe().expect("a test has a path");
    let file = std::fs::File::open(path).expect("it runs");
    let own = read::read(&file).expect("as a library");
    assert_eq!(own.platform, read::own_platform());
    assert_eq!(own.section, None);
}

#[test]
fn elf_libraries_say_what_they_need_and_where_it_is() {
    let _alone = alone();
    let library = read_library("s390x-linux");
    assert_eq!(library.needed, ["libhelper.so"]);
    assert_eq!(library.name.as_deref(), Some("libplugin.so"));
    assert_eq!(library.run_paths, ["$ORIGIN/a", "/b"]);
    assert!(!library.inherits);
    let library = read_library("arm-linux");
    assert!(library.needed.is_empty() && library.run_paths.is_empty());
    assert_eq!((library.name, library.inherits), (None, false));
}

/// As the loader does: the older kind of run path counts only where
/// there is none of the newer, and of two the last.
#[test]
fn the_older_kind_of_run_path_gives_way() {
    let _alone = alone();
    let (older, newer, end) = (15, 29, (0, 0));
    let strings = (5, 0);
    let read = |entries: &[(u64, u64)]| {
        let bytes = make::elf_with(entries, b"\0a::b\0c\0");
        let library = read_bytes(&bytes).expect("a library");
        (library.run_paths.join(" "), library.inherits)
    };
    let expect = |paths: &str, inherits| (paths.to_owned(), inherits);
    let found = read(&[strings, (older, 1), end]);
    assert_eq!(found, expect("a  b", true));
    let found = read(&[(newer, 6), strings, (older, 1), end]);
    assert_eq!(found, expect("c", false));
    let found = read(&[(newer, 0), strings, (older, 1), end]);
    assert_eq!(found, expect("", false));
    let found = read(&[(older, 1), (older, 6), strings, end]);
    assert_eq!(found, expect("c", true));
}

#[test]
fn windows_libraries_say_what_they_need_at_once_or_later() {
    let _alone = alone();
    let library = read_library("x86-windows");
    assert_eq!(library.needed, ["helper.dll"]);
    assert_eq!(library.name.as_deref(), Some("x86-windows"));
    let library = read_library("x86_64-windows-delayed");
    assert_eq!(library.needed, ["helper.dll"]);
    assert_eq!(library.name.as_deref(), Some("delayed"));
    let library = read_library("x86_64-windows");
    assert!(library.needed.is_empty() && library.run_paths.is_empty());
}

/// The second of the two in the file, wherever this test runs.
#[test]
fn macos_libraries_say_what_they_need_and_where_it_is() {
    let _alone = alone();
    let bytes = library("universal-macos");
    let second = bytes
        .windows(4)
        .rposition(|part| part == 0xfeed_facf_u32.to_le_bytes());
    let library = read_bytes(&bytes[second.expect("two")..]);
    let library = library.expect("a library");
    assert!(library.platform.contains("aarch64"));
    let needed =
        ["/usr/lib/libSystem.B.dylib", "@rpath/libhelper.dylib"];
    assert_eq!(library.needed, needed);
    let name = "@rpath/libplugin.dylib";
    assert_eq!(library.name.as_deref(), Some(name));
    assert_eq!(library.run_paths, ["@loader_path/a", "/b"]);
    assert!(!library.inherits);
}

#[test]
fn mach_o_of_either_size_and_byte_order_is_read() {
    let _alone = alone();
    for (is_64, big) in
        [(false, false), (false, true), (true, false), (true, true)]
    {
        let made = MachO { is_64, big };
        let commands = [
            made.segment((0, 600), &[("__DATA", "__plugin", 590, 7)]),
            made.text(0xd, 24, "own"),
            made.text(0xc, 24, "needed"),
            made.text(0x8000_0018, 24, "weak"),
            made.text(0x8000_001c, 12, "path"),
            made.text(0x8000_001f, 24, "exported"),
            made.text(0x20, 24, "lazy"),
            made.text(0x8000_0023, 24, "upward"),
            made.text(0x0e, 12, "the loader itself"),
        ];
        let mut bytes = made.library(18, 9, &commands.concat());
        bytes.resize(590, 0);
        bytes.extend(b"section...");
        let library = read_bytes(&bytes).expect("a library");
        let needed = ["needed", "weak", "exported", "lazy", "upward"];
        assert_eq!(library.needed, needed);
        assert_eq!(library.name.as_deref(), Some("own"));
        assert_eq!(library.run_paths, ["path"]);
        assert_eq!(library.section.as_deref(), Some(&b"section"[..]));
        let bits = if is_64 { "64" } else { "32" };
        let endian = if big { "big" } else { "little" };
        let expected = "powerpc Mach-O (macOS)";
        assert_eq!(
            library.platform,
            format!("{bits}-bit {endian}-endian {expected}")
        );
    }
}

#[test]
fn of_a_universal_file_the_library_for_this_program_is_read() {
    let _alone = alone();
    let own = match env::consts::ARCH {
        "x86_64" => 0x0100_0007,
        "aarch64" => 0x0100_000c,
        _ => return println!("skipped: no macOS on this architecture"),
    };
    let made = MachO { is_64: true, big: false };
    let named =
        |cpu, name| made.library(cpu, 1, &made.text(0xd, 24, name));
    let (other, mine) = (named(18, "other"), named(own, "mine"));
    let (arm64e, watch) = (named(own, "e"), named(own, "watch"));
    let name = |libraries: &[(u32, u32, &[u8])], is_64| {
        let bytes = make::universal(libraries, is_64);
        read_bytes(&bytes).expect("a library").name.expect("a name")
    };
    for is_64 in [false, true] {
        let parts = [(18, 0, &*other), (own, 0, &*mine)];
        assert_eq!(name(&parts, is_64), "mine");
        let parts = [(18, 0, &*other), (19, 0, &*named(19, "third"))];
        assert_eq!(name(&parts, is_64), "other");
        if own == 0x0100_000c {
            let parts = [(own, 2, &*arm64e), (own, 0, &*mine)];
            assert_eq!(name(&parts, is_64), "mine");
            let parts = [(0x0200_000c, 1, &*watch), (own, 2, &*arm64e)];
            assert_eq!(name(&parts, is_64), "e");
        }
    }
}

/// Numbers that are too large for the header are in the first section.
#[test]
fn numbers_in_the_first_section_are_read() {
    let _alone = alone();
    let mut bytes = library("aarch64-linux");
    let expected = read_bytes(&bytes).expect("a library");
    let number =
        |at: usize| u16::from_le_bytes([bytes[at], bytes[at + 1]]);
    let (segments, count, names) = (number(56), number(60), number(62));
    let table = u64::from_le_bytes(bytes[40..48].try_into().unwrap());
    let table = table as usize;
    let first = make::first_section(
        count.into(),
        names.into(),
        segments.into(),
    );
    bytes[table..table + 64].copy_from_slice(&first);
    bytes[56..58].fill(0xff);
    bytes[60..62].fill(0);
    bytes[62..64].fill(0xff);
    assert_eq!(read_bytes(&bytes).expect("the same"), expected);
    bytes[table + 40..table + 44].fill(0xff);
    let error = error_of(read_bytes(&bytes));
    let expected = "its headers are damaged: no names of sections";
    assert_eq!(error, expected);
}

#[test]
fn few_reads_are_enough_for_a_library() {
    let _alone = alone();
    for (name, bytes) in libraries() {
        let source = Counted::new(&bytes);
        read_within(&source).expect("a library");
        let (reads, bytes) = (source.reads(), source.bytes());
        assert!(reads <= 4, "{name}: {reads} reads");
        assert!(bytes <= 16 << 10, "{name}: {bytes} bytes");
    }
}
