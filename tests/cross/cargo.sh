#!/bin/sh
# Cargo, as the programs of another system find it while `make cross` runs
# them here: it builds for that system, and what it has built is found
# where Cargo puts it there. Paths of Windows are made into our own.
unix() {
    case $1 in
    [Zz]:[\\/]*) printf %s "${1#??}" | tr '\\' / ;;
    [Cc]:[\\/]*)
        printf %s "$WINEPREFIX/drive_c"
        printf %s "${1#??}" | tr '\\' /
        ;;
    # A path of ours, with more at its end.
    /*\\*) printf %s "$1" | tr '\\' / ;;
    *) printf %s "$1" ;;
    esac
}

# These tests have no second compiler: it has no library for the target.
case ${RUSTUP_TOOLCHAIN-} in nightly*) exit 1 ;; esac

folder=$(unix "${CARGO_TARGET_DIR:-target}")
before=
count=$#
for argument do
    argument=$(unix "$argument")
    # What belongs to the tests themselves is built there already.
    argument=${argument%"/$CROSS_TARGET/"}
    case $before in
    --target-dir) folder=$argument ;;
    # For them, this is the machine.
    --target) [ "$argument" = host-tuple ] && argument=$CROSS_TARGET ;;
    esac
    before=$argument
    set -- "$@" "$argument"
done
shift "$count"
[ "${CARGO_BUILD_BUILD_DIR+set}" ] &&
    CARGO_BUILD_BUILD_DIR=$(unix "$CARGO_BUILD_BUILD_DIR")
[ "${RUSTFLAGS+set}" ] && export RUSTFLAGS="$RUSTFLAGS $CROSS_RUSTFLAGS"
# Manifests that were written there have such paths, too.
for manifest in Cargo.toml */Cargo.toml; do
    grep -q 'Z:\\' "$manifest" 2> /dev/null &&
        sed -i '/Z:\\/ { s/Z:\\/\//; s/\\/\//g; }' "$manifest"
done
unset CARGO
CARGO_TARGET_DIR=$folder CARGO_BUILD_TARGET=$CROSS_TARGET \
    "$CROSS_CARGO" "$@"
code=$?
for profile in debug release; do
    built=$folder/$CROSS_TARGET/$profile
    for file in "$built"/* "$built"/examples/*; do
        to=$folder/$profile/${file#"$built/"}
        [ -f "$file" ] && mkdir -p "${to%/*}" && ln -f "$file" "$to"
    done
done
exit "$code"
