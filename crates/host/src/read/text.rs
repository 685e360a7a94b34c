//! The names in a library, texts that end with a zero. Any number of
//! them may overlap in the file, so each one has a price.

use std::ffi::CStr;

use super::ReadError;
use super::blocks::{BLOCK, Blocks};

/// The longest name or list of run paths.
const LONGEST: u64 = 64 << 10;
/// What a name costs in addition to its length.
const PRICE: u64 = 64;

impl Blocks<'_> {
    /// The text that begins at an offset and ends with a zero before
    /// `end`.
    pub fn text(
        &mut self,
        at: u64,
        end: u64,
    ) -> Result<String, ReadError> {
        let most = end.min(self.length()).saturating_sub(at);
        let most = most.min(LONGEST);
        // Most names end within the block in which they begin.
        let mut size = BLOCK - (self.start.wrapping_add(at)) % BLOCK;
        loop {
            size = size.min(most);
            let bytes = self.bytes(at, size)?;
            if let Ok(text) = CStr::from_bytes_until_nul(bytes) {
                let text = text.to_str().map(str::to_owned);
                let text = text.map_err(|_| {
                    ReadError::damaged("a name that is not UTF-8")
                })?;
                self.pay(text.len() as u64 + PRICE)?;
                return Ok(text);
            }
            if size == most {
                return Err(ReadError::damaged("a name without end"));
            }
            size *= 2;
        }
    }
}
