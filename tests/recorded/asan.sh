#!/bin/sh
# AddressSanitizer in host and plugin: it takes a nightly compiler, and a
# host that exports the sanitizer's functions.
. tests/recorded/show.sh
need rustup
nightly=${NIGHTLY_TOOLCHAIN:-nightly}
rustup run "$nightly" rustc --version > /dev/null 2>&1 ||
    { echo "no $nightly" >&2; exit 77; }
export RUSTUP_TOOLCHAIN="$nightly" CARGO_TERM_COLOR=never
mkdir -p target/asan
host=$(rustc --print host-tuple)
# The first report ends where it tells who allocated the memory.
report="sed -n -e '/located/q' -e '/undefined symbol/{s/^.*\.so: //p;}' \
    -e '/ERROR/{s/ on address.*//;s/^=*[0-9]*=*//p;}' -e '/#[01] /s/^ *#. 0x[0-9a-f]* //p'"
show 'rustc -g --edition 2024 --crate-type cdylib -Z sanitizer=address \
    -o target/asan/libspill.so tests/recorded/spill.rs'
show 'RUSTFLAGS="-Z sanitizer=address" cargo build -q -p basic-host \
    --target host-tuple --target-dir target/asan/plain'
show "target/asan/plain/$host/debug/basic-host target/asan/libspill.so" "$report"
show 'RUSTFLAGS="-Z sanitizer=address -C link-arg=-Wl,--export-dynamic" \
    cargo build -q -p basic-host --target host-tuple --target-dir target/asan/exports'
show "target/asan/exports/$host/debug/basic-host target/asan/libspill.so" "$report"
