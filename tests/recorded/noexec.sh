#!/bin/sh
# A folder of plugins whose file system is mounted with `noexec`. The
# mount is seen by nobody else.
. tests/recorded/show.sh
need unshare mount
unshare -rm true 2> /dev/null || { echo "no mounts of its own" >&2; exit 77; }
if [ "${1-}" != inside ]; then
    exec unshare -rm sh "$0" inside
fi
rm -rf target/noexec && mkdir -p target/noexec
show 'mount -t tmpfs -o noexec,mode=755 none target/noexec'
show 'cp target/plugins/libvoice.so target/noexec'
show 'target/debug/app inspect target/noexec/libvoice.so | head -n 1'
show 'target/debug/app --plugins target/noexec'
show 'mount -o remount,exec target/noexec'
show 'target/debug/app --plugins target/noexec'
