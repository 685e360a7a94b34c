//! Names of platforms, made from a file's headers or from what this
//! program was compiled for. Both ways must give the same name.

use std::env::consts;
use std::sync::OnceLock;

use object::elf::{self, Machine};
use object::macho::{self, CpuType};
use object::pe;

pub(super) const ELF: &str = "ELF (Linux)";
pub(super) const MACHO: &str = "Mach-O (macOS)";
pub(super) const PE: &str = "PE (Windows)";

/// The platform of this program, in the same words as
/// [`Library::platform`](super::Library::platform).
#[must_use]
pub fn own_platform() -> &'static str {
    static OWN: OnceLock<String> = OnceLock::new();
    OWN.get_or_init(|| {
        let format = if cfg!(windows) {
            PE
        } else if cfg!(target_vendor = "apple") {
            MACHO
        } else {
            ELF
        };
        let little = cfg!(target_endian = "little");
        name(usize::BITS == 64, little, consts::ARCH, format)
    })
}

pub(super) fn name(
    is_64: bool,
    little_endian: bool,
    architecture: &str,
    format: &str,
) -> String {
    let bits = if is_64 { "64" } else { "32" };
    let endian = if little_endian { "little" } else { "big" };
    format!("{bits}-bit {endian}-endian {architecture} {format}")
}

// The names of architectures are those of `std::env::consts::ARCH`.

pub(super) fn of_elf(machine: Machine, is_64: bool) -> &'static str {
    match (machine, is_64) {
        (elf::EM_386, _) => "x86",
        (elf::EM_X86_64, _) => "x86_64",
        (elf::EM_ARM, _) => "arm",
        (elf::EM_AARCH64, _) => "aarch64",
        (elf::EM_RISCV, false) => "riscv32",
        (elf::EM_RISCV, true) => "riscv64",
        (elf::EM_LOONGARCH, false) => "loongarch32",
        (elf::EM_LOONGARCH, true) => "loongarch64",
        (elf::EM_PPC, _) => "powerpc",
        (elf::EM_PPC64, _) => "powerpc64",
        (elf::EM_S390, true) => "s390x",
        (elf::EM_MIPS, false) => "mips",
        (elf::EM_MIPS, true) => "mips64",
        (elf::EM_SPARC, _) => "sparc",
        (elf::EM_SPARCV9, _) => "sparc64",
        (elf::EM_68K, _) => "m68k",
        (elf::EM_CSKY, _) => "csky",
        (elf::EM_HEXAGON, _) => "hexagon",
        _ => "unknown",
    }
}

pub(super) fn of_pe(machine: pe::Machine) -> &'static str {
    match machine {
        pe::IMAGE_FILE_MACHINE_I386 => "x86",
        pe::IMAGE_FILE_MACHINE_AMD64 => "x86_64",
        pe::IMAGE_FILE_MACHINE_ARMNT => "arm",
        pe::IMAGE_FILE_MACHINE_ARM64
        | pe::IMAGE_FILE_MACHINE_ARM64EC => "aarch64",
        _ => "unknown",
    }
}

pub(super) fn of_macho(cpu: CpuType) -> &'static str {
    match cpu {
        macho::CPU_TYPE_X86 => "x86",
        macho::CPU_TYPE_X86_64 => "x86_64",
        macho::CPU_TYPE_ARM => "arm",
        macho::CPU_TYPE_ARM64 | macho::CPU_TYPE_ARM64_32 => "aarch64",
        macho::CPU_TYPE_POWERPC => "powerpc",
        macho::CPU_TYPE_POWERPC64 => "powerpc64",
        _ => "unknown",
    }
}
