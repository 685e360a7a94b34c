#!/bin/sh
# The way from the app to a plugin's code, frame by frame.
. tests/recorded/show.sh
need gdb
unset DEBUGINFOD_URLS
rm -rf target/tea && mkdir -p target/tea
cp target/debug/examples/libpanic.so target/tea
show 'gdb -q -nx -batch -x tests/recorded/frames.gdb \
    --args target/debug/app --plugins target/tea tea' \
    "sed -n -e '/^#/!d' -e 's/<.*> (/ (/' -e 's/^#[0-9]* *//' -e 's/^0x[0-9a-f]* in //' \
    -e 's/ (.*) at / at /' -e '/^panic::/p' -e '/^command_api/p' -e '/^app::/p'"
