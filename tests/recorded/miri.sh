#!/bin/sh
# Where Miri ends: at the call that opens a library.
. tests/recorded/show.sh
need rustup
nightly=${NIGHTLY_TOOLCHAIN:-nightly}
rustup run "$nightly" cargo miri --version > /dev/null 2>&1 ||
    { echo "no miri for $nightly" >&2; exit 77; }
export RUSTUP_TOOLCHAIN="$nightly" CARGO_TERM_COLOR=never
export MIRIFLAGS=-Zmiri-disable-isolation
show 'cargo miri run -q -p basic-host --target-dir target/miri -- \
    target/debug/libbasic_plugin.so' \
    "grep '^error: unsupported'"
