//! Where the bytes of the tests come from: the libraries in
//! `tests/libraries`, and sources that count or are mostly zeros.

use std::cell::RefCell;
use std::fs;
use std::io;
use std::path::Path;

use nutshell_host::read::Source;

/// All libraries by name.
pub fn libraries() -> Vec<(String, Vec<u8>)> {
    let names = [
        "aarch64-linux",
        "arm-linux",
        "s390x-linux",
        "universal-macos",
        "x86-windows",
        "x86_64-macos",
        "x86_64-windows",
        "x86_64-windows-delayed",
    ];
    names.map(|name| (name.to_owned(), library(name))).into()
}

pub fn library(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = folder.join("tests/libraries").join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"))
}

/// A source that remembers what was read of it.
pub struct Counted<'source> {
    source: &'source dyn Source,
    read: RefCell<Vec<(u64, u64)>>,
}

impl<'source> Counted<'source> {
    pub fn new(source: &'source dyn Source) -> Self {
        // So that remembering needs no more memory.
        let read = RefCell::new(Vec::with_capacity(8 << 10));
        Self { source, read }
    }

    pub fn forget(&self) {
        self.read.borrow_mut().clear();
    }

    pub fn reads(&self) -> usize {
        self.read.borrow().len()
    }

    pub fn bytes(&self) -> u64 {
        self.read.borrow().iter().map(|read| read.1).sum()
    }
}

impl Source for Counted<'_> {
    fn len(&self) -> io::Result<u64> {
        self.source.len()
    }

    fn read_at(
        &self,
        offset: u64,
        buffer: &mut [u8],
    ) -> io::Result<()> {
        self.read.borrow_mut().push((offset, buffer.len() as u64));
        self.source.read_at(offset, buffer)
    }
}

/// A file of any length, made of these parts and of zeros.
pub struct Sparse {
    pub length: u64,
    pub parts: Vec<(u64, Vec<u8>)>,
}

impl Source for Sparse {
    fn len(&self) -> io::Result<u64> {
        Ok(self.length)
    }

    fn read_at(
        &self,
        offset: u64,
        buffer: &mut [u8],
    ) -> io::Result<()> {
        let end = offset + buffer.len() as u64;
        assert!(end <= self.length, "a read after the end");
        buffer.fill(0);
        for (at, part) in &self.parts {
            let first = offset.max(*at);
            let last = end.min(at + part.len() as u64);
            if first < last {
                let from = (first - at) as usize..(last - at) as usize;
                let to = (first - offset) as usize;
                buffer[to..to + from.len()]
                    .copy_from_slice(&part[from]);
            }
        }
        Ok(())
    }
}
