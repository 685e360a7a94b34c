#!/bin/sh
# What valgrind says of a plugin that reads beyond its memory.
. tests/recorded/show.sh
need valgrind rustc
mkdir -p target/spill
show 'rustc -g --edition 2024 --crate-type cdylib \
    -o target/spill/libspill.so tests/recorded/spill.rs'
show 'valgrind -q target/debug/basic-host target/spill/libspill.so' \
    "sed -n -e 's/^==[0-9]*== //' -e 's/0x[0-9A-F]*: //' -e '1,3p'"
