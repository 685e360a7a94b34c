//! Reads what a parser needs of a file, and little more: in whole
//! blocks, because headers are close together. Blocks are kept, and
//! rarely read twice.
//!
//! A hostile file may make the parser read all of it again and again.
//! So all that is read or kept is paid for out of a budget, and a block
//! that was kept is found with a map instead of a search.

use std::collections::BTreeMap;

use super::{ReadError, Source};

/// Reads begin and end at multiples of this.
pub(super) const BLOCK: u64 = 4 << 10;
/// How much of a table is read at once.
pub(super) const AHEAD: u64 = 64 << 10;
/// How much may be read of a file, and kept of its names.
const BUDGET: u64 = 8 << 20;

// ANCHOR: blocks
/// A file, and the parts of it that were read so far.
pub(super) struct Blocks<'source> {
    source: &'source dyn Source,
    /// Where the library begins, from which offsets count: at 0, or at
    /// one of the libraries in a universal file.
    pub(super) start: u64,
    end: u64,
    budget: u64,
    chunks: Vec<Chunk>,
    /// Which chunk begins at an offset.
    begins: BTreeMap<u64, usize>,
    /// The two chunks used last, such as a table and its names.
    recent: [usize; 2],
}
// ANCHOR_END: blocks

/// Neighbouring blocks that were read together.
struct Chunk {
    start: u64,
    bytes: Vec<u8>,
}

impl<'source> Blocks<'source> {
    pub fn new(source: &'source dyn Source) -> Result<Self, ReadError> {
        Ok(Self {
            source,
            start: 0,
            // No file is longer; so sums of offsets cannot overflow.
            end: source.len()?.min(i64::MAX as u64),
            budget: BUDGET,
            chunks: Vec::new(),
            begins: BTreeMap::new(),
            recent: [0; 2],
        })
    }

    /// How many bytes there are.
    pub fn length(&self) -> u64 {
        self.end - self.start
    }

    /// The first four bytes, which tell one format from the other.
    pub fn magic(&mut self) -> Result<[u8; 4], ReadError> {
        match self.length() {
            0 => Err(ReadError::not_a_library("it is empty")),
            1..4 => Err(ReadError::unknown()),
            _ => self.read(0),
        }
    }

    /// From now on, offsets count within this part of the file.
    pub fn narrow(
        &mut self,
        at: u64,
        size: u64,
    ) -> Result<(), ReadError> {
        self.check(at, size)?;
        self.start += at;
        self.end = self.start + size;
        Ok(())
    }

    /// Checks that the bytes which a header names exist.
    pub fn check(&self, at: u64, size: u64) -> Result<(), ReadError> {
        match at.checked_add(size) {
            Some(end) if end <= self.length() => Ok(()),
            _ => Err(ReadError::CutShort),
        }
    }

    /// The bytes at an offset.
    pub fn bytes(
        &mut self,
        at: u64,
        size: u64,
    ) -> Result<&[u8], ReadError> {
        self.bytes_of(at, size, size)
    }

    /// The bytes at an offset and no others, if they are needed once.
    pub fn exactly(
        &mut self,
        at: u64,
        size: u64,
    ) -> Result<Vec<u8>, ReadError> {
        self.check(at, size)?;
        self.pay(size)?;
        let mut bytes = vec![0; size as usize];
        self.source.read_at(self.start + at, &mut bytes)?;
        Ok(bytes)
    }

    /// Reads what will be asked for soon, and up to so much before it.
    pub fn ahead(
        &mut self,
        at: u64,
        size: u64,
        before: u64,
    ) -> Result<(), ReadError> {
        self.check(at, size)?;
        let before = at.min(before);
        self.bytes_of(at - before, before.max(1), before + size)?;
        Ok(())
    }

    pub(super) fn bytes_of(
        &mut self,
        at: u64,
        size: u64,
        rest: u64,
    ) -> Result<&[u8], ReadError> {
        self.check(at, size)?;
        if size == 0 {
            return Ok(&[]);
        }
        let (start, end) = (self.start + at, self.start + at + size);
        let index = match self.find(start, end) {
            Some(index) => index,
            None => {
                let ahead = start + rest.min(AHEAD);
                self.load(start, ahead.max(end).min(self.end))?
            }
        };
        if index != self.recent[0] {
            self.recent = [index, self.recent[0]];
        }
        let chunk = &self.chunks[index];
        let at = (start - chunk.start) as usize;
        Ok(&chunk.bytes[at..at + size as usize])
    }

    fn find(&self, start: u64, end: u64) -> Option<usize> {
        let has = |index: &usize| {
            let chunk = self.chunks.get(*index)?;
            let length = chunk.bytes.len() as u64;
            let has =
                chunk.start <= start && end <= chunk.start + length;
            has.then_some(*index)
        };
        // Of chunks that overlap, the one that begins later was read
        // because the other ended too early.
        self.recent.iter().find_map(has).or_else(|| {
            let (_, index) = self.begins.range(..=start).next_back()?;
            has(index)
        })
    }

    /// Reads the blocks that contain these bytes.
    fn load(
        &mut self,
        start: u64,
        end: u64,
    ) -> Result<usize, ReadError> {
        let start = start - start % BLOCK;
        // A block that is not whole ends with the file, which may be
        // longer than the part.
        let whole = end.checked_next_multiple_of(BLOCK);
        let end = whole.unwrap_or(self.end).min(self.end);
        self.pay(end - start)?;
        let mut bytes = vec![0; (end - start) as usize];
        self.source.read_at(start, &mut bytes)?;
        let index = self.chunks.len();
        self.chunks.push(Chunk { start, bytes });
        self.begins.insert(start, index);
        Ok(index)
    }

    /// Takes a price out of the budget.
    pub fn pay(&mut self, price: u64) -> Result<(), ReadError> {
        self.budget = self
            .budget
            .checked_sub(price)
            .ok_or_else(|| ReadError::damaged("they are too large"))?;
        Ok(())
    }
}
