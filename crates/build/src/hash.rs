//! FNV-1a with 64 bits: small, the same everywhere, and good enough to
//! notice a change. It is no defence against somebody who wants two
//! sources to look alike.

/// Ends each piece of text. UTF-8 never contains this byte, so that
/// `ab` + `c` and `a` + `bc` cannot look alike.
const END: u8 = 0xff;

pub struct Hash(u64);

impl Hash {
    pub fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Adds a piece of text. `kind` distinguishes, say, a word from a
    /// literal.
    pub fn text(&mut self, kind: u8, text: &str) {
        self.byte(kind);
        text.bytes().for_each(|byte| self.byte(byte));
        self.byte(END);
    }

    /// Adds data of any kind. The length comes first, because no byte
    /// can mark the end of such data.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.text(b'n', &bytes.len().to_string());
        bytes.iter().for_each(|byte| self.byte(*byte));
    }

    pub fn finish(&self) -> u64 {
        self.0
    }

    fn byte(&mut self, byte: u8) {
        self.0 ^= u64::from(byte);
        self.0 = self.0.wrapping_mul(0x0000_0100_0000_01b3);
    }
}

#[cfg(test)]
mod tests {
    use super::Hash;

    #[test]
    fn it_is_fnv_1a() {
        let mut hash = Hash::new();
        b"foobar".iter().for_each(|byte| hash.byte(*byte));
        assert_eq!(hash.finish(), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn the_border_between_two_pieces_counts() {
        let of = |pieces: [&str; 2]| {
            let mut hash = Hash::new();
            pieces.iter().for_each(|piece| hash.text(b'w', piece));
            hash.finish()
        };
        assert_ne!(of(["ab", "c"]), of(["a", "bc"]));
    }
}
