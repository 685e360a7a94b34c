//! The reader of descriptors must neither panic, hang nor take much
//! memory, whatever is in the file. Here a fuzzer makes up the file.
//!
//! Needs nightly and `cargo install cargo-fuzz --locked`. In this
//! folder, `examples/02-registration/fuzz`, five minutes that start
//! from real libraries:
//! ```sh
//! mkdir -p corpus/descriptor
//! cp ../../../tests/libraries/*-* corpus/descriptor
//! ASAN_OPTIONS=quarantine_size_mb=16 cargo +nightly fuzz run \
//!     --fuzz-dir . descriptor -- -max_total_time=300 -rss_limit_mb=256
//! ```
//! The option keeps the sanitizer from counting freed memory as used.

#![no_main]

use std::io::Cursor;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = app::descriptor::read_from(Cursor::new(data));
});
