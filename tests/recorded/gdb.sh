#!/bin/sh
# A breakpoint in a library that is not there yet.
. tests/recorded/show.sh
need gdb
unset DEBUGINFOD_URLS
show 'gdb -q -nx -batch -x tests/recorded/pending.gdb target/debug/basic-host' \
    "grep -v -e '^\$' -e libthread_db -e auto-load -e ^of.file -e '^Function ' |
    sed -e 's/^\(0x[0-9a-f]* *\)\(0x[0-9a-f]* *\)/\1 \2 /'"
