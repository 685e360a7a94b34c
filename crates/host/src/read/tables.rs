//! The structures that headers and tables are made of.

use object::pod::{Pod, from_bytes, slice_from_bytes};

use super::ReadError;
use super::blocks::{AHEAD, Blocks};

impl Blocks<'_> {
    /// The structure there.
    pub fn read<T: Pod>(&mut self, at: u64) -> Result<T, ReadError> {
        self.read_of(at, size_of::<T>() as u64)
    }

    /// The structure there, the first of a table with `rest` bytes.
    pub fn read_of<T: Pod>(
        &mut self,
        at: u64,
        rest: u64,
    ) -> Result<T, ReadError> {
        let bytes = self.bytes_of(at, size_of::<T>() as u64, rest)?;
        let (value, _) = from_bytes(bytes)
            .map_err(|()| ReadError::damaged("not aligned"))?;
        Ok(*value)
    }

    /// The first structures of a table with `rest` bytes: all, unless
    /// they are very many.
    pub fn table<T: Pod>(
        &mut self,
        at: u64,
        rest: u64,
    ) -> Result<Vec<T>, ReadError> {
        let size = size_of::<T>() as u64;
        let count = (rest.min(AHEAD) / size).max(1);
        let bytes = self.bytes_of(at, count * size, rest)?;
        let (all, _) = slice_from_bytes(bytes, count as usize)
            .map_err(|()| ReadError::damaged("not aligned"))?;
        Ok(all.to_vec())
    }
}
