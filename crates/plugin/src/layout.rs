//! How this build lays types out, as a number. Many flags may change
//! the layout, so this measures the offsets themselves.

/// A hash of the sizes, alignments and offsets of types that this macro
/// defines in the crate that calls it, because each crate is laid out
/// by flags of its own. The hash includes the sizes and alignments of
/// the types that the caller names.
#[doc(hidden)]
#[macro_export]
macro_rules! measure_layout {
    ($($crosses:ty),*) => {{
        // ANCHOR: mixed
        #[allow(dead_code)]
        struct Mixed {
            a: u8,
            b: u64,
            c: &'static str,
            d: u16,
            e: bool,
            f: u32,
            g: [u8; 3],
            h: char,
            i: ::std::option::Option<u8>,
            j: (u8, u32),
            k: i16,
            l: u8,
        }
        // ANCHOR_END: mixed
        #[allow(dead_code)]
        struct Alike {
            a: u32,
            b: u32,
            c: u32,
            d: u32,
            e: u32,
            f: u32,
            g: u32,
            h: u32,
        }
        #[allow(dead_code)]
        enum Either {
            One(u8, u32, u16),
            Other(&'static str),
            Neither,
        }
        use ::std::mem::{align_of, offset_of, size_of};
        $crate::hash_numbers(&[
            size_of::<Mixed>(),
            align_of::<Mixed>(),
            offset_of!(Mixed, a),
            offset_of!(Mixed, b),
            offset_of!(Mixed, c),
            offset_of!(Mixed, d),
            offset_of!(Mixed, e),
            offset_of!(Mixed, f),
            offset_of!(Mixed, g),
            offset_of!(Mixed, h),
            offset_of!(Mixed, i),
            offset_of!(Mixed, j),
            offset_of!(Mixed, k),
            offset_of!(Mixed, l),
            offset_of!(Alike, a),
            offset_of!(Alike, b),
            offset_of!(Alike, c),
            offset_of!(Alike, d),
            offset_of!(Alike, e),
            offset_of!(Alike, f),
            offset_of!(Alike, g),
            offset_of!(Alike, h),
            size_of::<Either>(),
            align_of::<Either>(),
            size_of::<::std::option::Option<Either>>(),
            $(size_of::<$crosses>(), align_of::<$crosses>(),)*
        ])
    }};
}

/// FNV-1a of some numbers.
#[doc(hidden)]
pub const fn hash_numbers(numbers: &[usize]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    let mut at = 0;
    while at < numbers.len() {
        let bytes = (numbers[at] as u64).to_le_bytes();
        let mut byte = 0;
        while byte < bytes.len() {
            hash = (hash ^ bytes[byte] as u64)
                .wrapping_mul(0x0000_0100_0000_01b3);
            byte += 1;
        }
        at += 1;
    }
    hash
}
