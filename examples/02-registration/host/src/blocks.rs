//! Reads of a file what a parser asks for, and little more.

use std::cell::RefCell;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

use bumpalo::Bump;
use object::read::ReadRef;

// ANCHOR: blocks
/// A file as `object` wants to see it, read in blocks that live in an
/// arena: what is asked for lies close together, headers at the start,
/// sections and their names at the end. The headers of a damaged file
/// may ask for all of it again and again, so there is a limit.
pub struct Blocks<'arena, R> {
    arena: &'arena Bump,
    pub length: u64,
    file: RefCell<R>,
    read: RefCell<Vec<(u64, &'arena [u8])>>,
}
// ANCHOR_END: blocks

impl<'arena, R: Read + Seek> Blocks<'arena, R> {
    const SIZE: u64 = 4096;
    const LIMIT: usize = 16 << 20;

    pub fn new(mut file: R, arena: &'arena Bump) -> io::Result<Self> {
        arena.set_allocation_limit(Some(Self::LIMIT));
        let length = file.seek(SeekFrom::End(0))?;
        let (file, read) = (RefCell::new(file), RefCell::default());
        Ok(Self { arena, length, file, read })
    }

    /// Reads what begins there, and what is around it.
    fn read(&self, offset: u64, size: u64) -> io::Result<()> {
        // Near the end it is the last whole block.
        let last = self.length.saturating_sub(Self::SIZE);
        let start = offset.min(last);
        let end = (offset + size).max(start + Self::SIZE);
        let length = (end.min(self.length) - start) as usize;
        let block = self
            .arena
            .try_alloc_slice_fill_copy(length, 0)
            .map_err(|_| io::ErrorKind::OutOfMemory)?;
        let mut file = self.file.borrow_mut();
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(block)?;
        self.read.borrow_mut().push((start, block));
        Ok(())
    }

    fn find(&self, offset: u64, size: u64) -> Option<&'arena [u8]> {
        self.read.borrow().iter().find_map(|(start, block)| {
            let at =
                usize::try_from(offset.checked_sub(*start)?).ok()?;
            block.get(at..)?.get(..usize::try_from(size).ok()?)
        })
    }
}

// ANCHOR: read_ref
impl<'arena, R: Read + Seek> ReadRef<'arena> for &Blocks<'arena, R> {
    fn len(self) -> Result<u64, ()> {
        Ok(self.length)
    }

    fn read_bytes_at(
        self,
        offset: u64,
        size: u64,
    ) -> Result<&'arena [u8], ()> {
        let end = offset.checked_add(size).ok_or(())?;
        if end > self.length {
            return Err(());
        }
        if self.find(offset, size).is_none() {
            self.read(offset, size).map_err(|_| ())?;
        }
        self.find(offset, size).ok_or(())
    }

    fn read_bytes_at_until(
        self,
        range: Range<u64>,
        delimiter: u8,
    ) -> Result<&'arena [u8], ()> {
        let size = range.end.checked_sub(range.start).ok_or(())?;
        let size = size.min(Blocks::<R>::SIZE);
        let bytes = self.read_bytes_at(range.start, size)?;
        let length = bytes.iter().position(|byte| *byte == delimiter);
        Ok(&bytes[..length.ok_or(())?])
    }
}
// ANCHOR_END: read_ref
