//! Checks that the processor which runs this program has the features
//! that a plugin was compiled for. An instruction that the processor
//! does not know ends the process: on Unix, with SIGILL.

use nutshell_plugin::Interface;

use crate::descriptor::Descriptor;
use crate::inspect::Inspected;
use crate::read::own_platform;

// ANCHOR: processor
/// This processor must have each feature that the plugin was compiled
/// for. A feature that cannot be detected counts as present if this
/// program was compiled for it, too.
pub(crate) fn check_processor<I: Interface>(
    theirs: &Descriptor,
) -> Result<(), String> {
    let [missing, unknown] = lacking::<I>(theirs);
    if !missing.is_empty() {
        return Err(format!(
            "built with target-features that this processor lacks: {}",
            missing.join(", ")
        ));
    }
    if !unknown.is_empty() {
        return Err(format!(
            "built with target-features that this app cannot ask the \
             processor for: {}",
            unknown.join(", ")
        ));
    }
    Ok(())
}
// ANCHOR_END: processor

/// The features that the processor lacks, and those that cannot be
/// detected.
fn lacking<I: Interface>(theirs: &Descriptor) -> [Vec<&str>; 2] {
    let own = |feature: &str| {
        let mut own = I::FACTS.target_features.iter();
        own.any(|(name, is_set)| *is_set && *name == feature)
    };
    let (mut missing, mut unknown) = (vec![], vec![]);
    for feature in features(theirs) {
        let list = match has(feature) {
            Some(true) => continue,
            None if own(feature) => continue,
            Some(false) => &mut missing,
            None => &mut unknown,
        };
        if !list.contains(&feature) {
            list.push(feature);
        }
    }
    [missing, unknown]
}

/// The features that the plugin's code uses without a check at run
/// time: those that the compiler names in `cfg`, and those of a flag
/// `-Ctarget-feature`, which may name features that only LLVM knows.
fn features(theirs: &Descriptor) -> impl Iterator<Item = &str> {
    let known = theirs.get("target-features").split(',');
    let flags = theirs.get("codegen-flags").split(' ');
    let asked = flags
        .filter_map(|flag| flag.strip_prefix("-Ctarget-feature="))
        .flat_map(|list| list.split(','))
        .filter_map(|feature| feature.strip_prefix('+'));
    known.chain(asked).filter(|name| !is_no_instruction(name))
}

/// Whether a name says nothing about the processor.
fn is_no_instruction(feature: &str) -> bool {
    ["", "crt-static"].contains(&feature)
}

/// Whether the processor has a feature, by the name that the compiler
/// uses in `cfg(target_feature = …)`. `None`: there is no way to tell.
fn has(feature: &str) -> Option<bool> {
    detect(feature).or_else(|| beyond_std(feature))
}

/// Uses the standard library, whose macros take only literals.
macro_rules! ask {
    ($is_detected:ident: $($feature:tt)*) => {
        fn detect(feature: &str) -> Option<bool> {
            match feature {
                $($feature => Some(std::arch::$is_detected!($feature)),)*
                _ => None,
            }
        }
    };
}

#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
ask! { is_x86_feature_detected:
    "adx" "aes" "avx" "avx2" "avx512bf16" "avx512bitalg" "avx512bw"
    "avx512cd" "avx512dq" "avx512f" "avx512fp16" "avx512ifma"
    "avx512vbmi" "avx512vbmi2" "avx512vl" "avx512vnni"
    "avx512vp2intersect" "avx512vpopcntdq" "avxifma" "avxneconvert"
    "avxvnni" "avxvnniint16" "avxvnniint8" "bmi1" "bmi2" "cmpxchg16b"
    "ermsb" "f16c" "fma" "fxsr" "gfni" "kl" "lzcnt" "movbe" "pclmulqdq"
    "popcnt" "rdrand" "rdseed" "rtm" "sha" "sha512" "sm3" "sm4" "sse"
    "sse2" "sse3" "sse4.1" "sse4.2" "sse4a" "ssse3" "tbm" "vaes"
    "vpclmulqdq" "widekl" "xsave" "xsavec" "xsaveopt" "xsaves"
}

#[cfg(target_arch = "aarch64")]
ask! { is_aarch64_feature_detected:
    "aes" "bf16" "bti" "crc" "dit" "dotprod" "dpb" "dpb2" "f32mm"
    "f64mm" "fcma" "fhm" "flagm" "fp16" "frintts" "i8mm" "jsconv" "lse"
    "lse2" "mte" "neon" "paca" "pacg" "pmull" "rand" "rcpc" "rcpc2"
    "rdm" "sb" "sha2" "sha3" "sm4" "ssbs" "sve" "sve2" "sve2-aes"
    "sve2-bitperm" "sve2-sha3" "sve2-sm4"
}

#[cfg(not(any(
    target_arch = "x86",
    target_arch = "x86_64",
    target_arch = "aarch64"
)))]
fn detect(_: &str) -> Option<bool> {
    None
}

/// Features for which the standard library has no name.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
fn beyond_std(feature: &str) -> Option<bool> {
    #[cfg(target_arch = "x86")]
    use std::arch::x86::{__cpuid, CpuidResult};
    #[cfg(target_arch = "x86_64")]
    use std::arch::x86_64::{__cpuid, CpuidResult};
    let bit =
        |leaf: u32, register: fn(CpuidResult) -> u32, bit: u32| {
            let highest = __cpuid(leaf & 0x8000_0000).eax;
            highest >= leaf && register(__cpuid(leaf)) >> bit & 1 == 1
        };
    match feature {
        "x87" => Some(bit(1, |id| id.edx, 0)),
        "lahfsahf" => Some(bit(0x8000_0001, |id| id.ecx, 0)),
        "prfchw" => Some(bit(0x8000_0001, |id| id.ecx, 8)),
        "xop" => Some(bit(0x8000_0001, |id| id.ecx, 11)),
        _ => None,
    }
}

#[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
fn beyond_std(_: &str) -> Option<bool> {
    None
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    use super::has;

    #[test]
    fn what_each_processor_of_this_kind_has_is_there() {
        for feature in ["sse", "sse2", "fxsr", "x87"] {
            assert_eq!(has(feature), Some(true), "{feature}");
        }
        assert_eq!(has("wings"), None);
    }
}

impl Inspected {
    /// Those of its `target-features` that this processor lacks, or
    /// that cannot be detected.
    pub fn lacking<I: Interface>(&self) -> Vec<&str> {
        match self.library.platform == own_platform() {
            true => lacking::<I>(&self.descriptor).concat(),
            false => Vec::new(),
        }
    }
}
