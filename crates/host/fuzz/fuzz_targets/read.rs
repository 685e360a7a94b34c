//! The reader of libraries and their descriptors must neither panic, hang nor take much
//! memory, whatever is in the file. Here a fuzzer makes up the file.
//!
//! Needs nightly and `cargo install cargo-fuzz@0.13.2 --locked`. In
//! this folder, `crates/host/fuzz`, five minutes that start from real
//! libraries:
//! ```sh
//! mkdir -p corpus/read
//! cp ../tests/libraries/*-* corpus/read
//! ASAN_OPTIONS=quarantine_size_mb=16 cargo +nightly fuzz run \
//!     --fuzz-dir . read -- -max_total_time=300 -rss_limit_mb=256
//! ```
//! The option keeps the sanitizer from counting freed memory as used.

#![no_main]

use libfuzzer_sys::fuzz_target;
use nutshell_host::Descriptor;
use nutshell_host::read::read_from;

fuzz_target!(|data: &[u8]| {
    if let Ok(library) = read_from(&data) {
        let _ = Descriptor::of(&library);
    }
});
