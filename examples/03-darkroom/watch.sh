#!/bin/sh
# What `darkroom --watch` does while somebody works on a filter: builds it
# with a stronger tint, makes a mistake, builds it as the darkroom cannot
# take it, and moves it to the next version of the interface. The lines that
# begin with # say what the author does; the others come from Cargo and from
# the darkroom. Nothing is timed: each step waits for what the last one does.
set -eu
cd "$(dirname "$0")/../.."
work=target/watched
case $(uname) in Darwin) file=libold.dylib ;; *) file=libold.so ;; esac
log=$work/log
source=$work/old/src/lib.rs
mkdir -p target/pictures
rm -rf $work/filters $work/old $log
mkdir -p $work/filters
cp -R tests/old-filter $work/old
# Those of a checkout may be for reading only.
chmod -R u+w $work/old
on_version() {
    LC_ALL=C sed "s|path = .*/api-1|path = \"../../../examples/03-darkroom/$1|" \
        tests/old-filter/Cargo.toml > $work/old/Cargo.toml
}

# ANCHOR: author
edit() { LC_ALL=C sed "$1" $source > $work/edited && mv $work/edited $source; }

# Builds the filter; if that succeeds, puts the new file in the old one's place.
build() {
    cargo build --quiet --offline --manifest-path $work/old/Cargo.toml \
        --target-dir target/old "$@" 2> $work/errors || {
        grep '^error' $work/errors | head -n 1 >> $log
        return
    }
    cp "target/old/debug/$file" $work/new
    mv $work/new "$work/filters/$file"
}
# ANCHOR_END: author

say() { echo "# $1" >> $log; }

# `wait_for N TEXT`: until the log has so many lines with the text.
wait_for() {
    tries=600
    until [ "$(grep -c "$2" $log)" -ge "$1" ]; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || { cat $log; exit 1; }
        sleep 0.1
    done
}

on_version api-1
build
say "darkroom --watch, and a filter for version 1 of the interface"
target/debug/darkroom --plugins $work/filters --watch \
    examples/03-darkroom/crab.png target/pictures/watched.png old >> $log 2>&1 &
darkroom=$!
trap 'kill -INT $darkroom 2> /dev/null || true' EXIT
wait_for 1 'watching'
cp target/pictures/watched.png target/pictures/watched-before.png

# ANCHOR: steps
say "a stronger tint"
edit 's/mix(r, 1.2)/mix(r, 1.8)/'
build
wait_for 2 'developed'

say "a typing mistake"
edit 's/let grey/let gray/'
build

say "the mistake is mended, but panics abort"
edit 's/let gray/let grey/'
build --config 'profile.dev.panic="abort"'
wait_for 1 'goes on'

say "panics unwind, and the filter is for version 2 of the interface"
on_version api
build
wait_for 3 'developed'
# ANCHOR_END: steps

kill -INT $darkroom
wait $darkroom
trap - EXIT
LC_ALL=C sed 's|/.\{1,\}/target/|target/|' $log
