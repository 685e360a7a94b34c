#!/bin/sh
# A plugin that is shipped without symbols, and the file that has them.
. tests/recorded/show.sh
need gdb objcopy cargo
unset DEBUGINFOD_URLS
rm -rf target/shipped && mkdir -p target/shipped
built=target/symbols/release/libbasic_plugin.so
# How a debugger finds its way to the function.
frames="grep '^#' | sed -e 's/^#[0-9]* *//' -e 's/^0x[0-9a-f]* in //' -e '/wrapping_add/d'"
show "cargo build -q -p basic-plugin --release --target-dir target/symbols \\
    --config profile.release.debug=true \\
    --config 'profile.release.strip=\"none\"'"
show "objcopy --only-keep-debug $built \\
    target/shipped/libbasic_plugin.so.debug"
show "objcopy --strip-all \\
    --add-gnu-debuglink=target/shipped/libbasic_plugin.so.debug \\
    $built target/shipped/libbasic_plugin.so"
show 'gdb -q -nx -batch -x tests/recorded/shipped.gdb \
    --args target/debug/basic-host target/shipped/libbasic_plugin.so' "$frames"
show 'mv target/shipped/libbasic_plugin.so.debug target/symbols'
show 'gdb -q -nx -batch -x tests/recorded/shipped.gdb \
    --args target/debug/basic-host target/shipped/libbasic_plugin.so' "$frames"
