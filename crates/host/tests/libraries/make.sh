#!/bin/bash
# Makes the libraries in this folder from plugin.c, with Zig 0.17.1 as
# a C compiler (`pip install ziglang==0.17.1`) and, for what is loaded
# only when it is called, the linker that comes with Rust.
set -eu
CDPATH='' cd "$(dirname "$0")"
made=$(mktemp -d)
trap 'rm -r "$made"' EXIT

zig() {
    python3 -m ziglang "$@"
}

# library FILE TARGET TRIPLE OPTION...
library() {
    zig cc -shared -nostdlib -s -O1 -target "$2" -DTARGET="\"$3\"" \
        plugin.c -o "$1" "${@:4}"
}

# helper FILE TARGET OPTION...
helper() {
    zig cc -shared -nostdlib -s -O1 -target "$2" helper.c \
        -o "$made/$1" "${@:3}"
}

# Without needs.
library aarch64-linux aarch64-linux-gnu aarch64-unknown-linux-gnu
library arm-linux arm-linux-gnueabihf arm-unknown-linux-gnueabihf
library x86_64-macos x86_64-macos x86_64-apple-darwin
library x86_64-windows x86_64-windows-gnu x86_64-pc-windows-gnu

# With a name, two run paths and a library that it needs.
helper libhelper.so s390x-linux-gnu -Wl,-soname,libhelper.so
library s390x-linux s390x-linux-gnu s390x-unknown-linux-gnu \
    -DNEEDS -L"$made" -lhelper -Wl,-soname,libplugin.so \
    '-Wl,-rpath,$ORIGIN/a:/b'

helper helper.dll x86-windows-gnu -Wl,--out-implib,"$made/helper.lib"
library x86-windows x86-windows-gnu i686-pc-windows-gnu \
    -DNEEDS "$made/helper.lib"

# The same, needed when it is called.
host=$(rustc -vV | sed -n 's/^host: //p')
lld=$(rustc --print sysroot)/lib/rustlib/$host/bin/rust-lld
for file in helper plugin; do
    zig cc -c -O1 -target x86_64-windows-gnu $file.c \
        -DNEEDS -DTARGET='"x86_64-pc-windows-gnu"' \
        -o "$made/$file.obj"
done
(
    cd "$made"
    link() {
        "$lld" -flavor link /dll /nodefaultlib /noentry "$@"
    }
    link helper.obj
    link plugin.obj helper.lib /delayload:helper.dll /out:delayed
)
cp "$made/delayed" x86_64-windows-delayed

# Two libraries in one file: an offset of 16 KiB, then the next whole
# 16 KiB after the first one.
helper libhelper.dylib aarch64-macos \
    -Wl,-install_name,@rpath/libhelper.dylib
library "$made/aarch64-macos" aarch64-macos aarch64-apple-darwin \
    -DNEEDS -L"$made" -lhelper -Wl,-rpath,@loader_path/a -Wl,-rpath,/b \
    -Wl,-install_name,@rpath/libplugin.dylib
python3 - x86_64-macos "$made/aarch64-macos" > universal-macos <<'PYTHON'
import struct, sys
page = 1 << 14
header = struct.pack(">II", 0xCAFEBABE, len(sys.argv) - 1)
body = b""
for path in sys.argv[1:]:
    library = open(path, "rb").read()
    cpu = struct.unpack("<II", library[4:12])
    at = page + len(body)
    header += struct.pack(">IIIII", *cpu, at, len(library), 14)
    body += library + bytes(-len(library) % page)
end = at + len(library) - page
sys.stdout.buffer.write(header.ljust(page, b"\0") + body[:end])
PYTHON
chmod -x ./*-*
rm plugin.lib
