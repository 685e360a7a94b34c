//! Where the bytes of a library come from: a file, or memory in tests
//! and for the fuzzer.

use std::fs::File;
use std::io;

/// Bytes that can be read at any place.
#[expect(
    clippy::len_without_is_empty,
    reason = "nobody asks whether a library is empty"
)]
pub trait Source {
    /// How many bytes there are.
    ///
    /// # Errors
    /// If the system cannot tell.
    fn len(&self) -> io::Result<u64>;

    /// Fills the whole buffer with the bytes from this offset on.
    ///
    /// # Errors
    /// `UnexpectedEof` if there are fewer bytes, or the system's error.
    fn read_at(&self, offset: u64, buffer: &mut [u8])
    -> io::Result<()>;
}

impl Source for File {
    fn len(&self) -> io::Result<u64> {
        Ok(self.metadata()?.len())
    }

    #[cfg(unix)]
    fn read_at(
        &self,
        offset: u64,
        buffer: &mut [u8],
    ) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(self, buffer, offset)
    }

    #[cfg(windows)]
    fn read_at(
        &self,
        mut offset: u64,
        mut buffer: &mut [u8],
    ) -> io::Result<()> {
        use std::os::windows::fs::FileExt;

        while !buffer.is_empty() {
            match self.seek_read(buffer, offset) {
                Ok(0) => {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                Ok(count) => {
                    buffer = &mut buffer[count..];
                    offset += count as u64;
                }
                Err(error)
                    if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

impl Source for &[u8] {
    fn len(&self) -> io::Result<u64> {
        Ok(<[u8]>::len(self) as u64)
    }

    fn read_at(
        &self,
        offset: u64,
        buffer: &mut [u8],
    ) -> io::Result<()> {
        let part = usize::try_from(offset)
            .ok()
            .and_then(|start| self.get(start..)?.get(..buffer.len()))
            .ok_or(io::ErrorKind::UnexpectedEof)?;
        buffer.copy_from_slice(part);
        Ok(())
    }
}

impl Source for Vec<u8> {
    fn len(&self) -> io::Result<u64> {
        Source::len(&self.as_slice())
    }

    fn read_at(
        &self,
        offset: u64,
        buffer: &mut [u8],
    ) -> io::Result<()> {
        self.as_slice().read_at(offset, buffer)
    }
}
