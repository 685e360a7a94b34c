#!/bin/sh
# `make cross`: whether this repository is right on other systems, as far
# as this one can tell. For each target it checks everything that people
# run there, tests included, with warnings denied; where it can run a
# program of that target it runs the examples, the gotchas and the tests
# that need no shell. A table at the end has what was seen. What a missing
# tool keeps from running is never "ok".
#
# `TARGETS=x86_64-pc-windows-gnu make cross` takes one of `targets`.
set -u
cd "$(dirname "$0")/../.." || exit
here=$PWD/tests/cross
work=$PWD/target/cross
rust=$work/rust/usr
mkdir -p "$work/logs" "$work/calls"
unset CARGO_BUILD_TARGET CARGO_ENCODED_RUSTFLAGS RUSTFLAGS RUST_LOG
export RUST_BACKTRACE=0 CARGO_TERM_COLOR=never
export CARGO_TARGET_DIR="$work/build"
# Five targets take room, and nobody debugs them.
export CARGO_INCREMENTAL=0 CARGO_PROFILE_DEV_DEBUG=line-tables-only

if [ -x "$rust/bin/rustc" ]; then
    export RUSTC="$rust/bin/rustc"
    clippy=$rust/bin/cargo-clippy
else
    RUSTC=$(rustup which rustc 2> /dev/null || command -v rustc)
    export RUSTC
    clippy=cargo-clippy
fi
compiler=$("$RUSTC" --version)
PACKAGES="--workspace --exclude bench --exclude preflight
    --exclude monolith --exclude linked-api"

# What the tests of the workspace start as Cargo; see `cargo.sh`.
CROSS_CARGO=$(rustup which cargo 2> "$work/logs/rustup" || command -v cargo)
export CROSS_CARGO CROSS_HERE="$here" CROSS_CALLS="$work/calls"
export WINEPREFIX="$work/wine" WINEDEBUG=-all

table="| target | checks | example 1 | example 2 | example 3 | gotchas | tests |
| --- | --- | --- | --- | --- | --- | --- |"
notes=
bad=0

# `step NAME COMMAND…`: its cell, "ok" or "failed", and a log of its own.
step() {
    log=$work/logs/$target.$1
    echo "  $target: $1"
    shift
    if "$@" > "$log" 2>&1 < /dev/null; then
        cell=ok
    else
        cell=failed
        bad=1
        tail -n 15 "$log"
        note "$target: see $log"
    fi
}

note() {
    notes="$notes
$1"
}

has() { command -v "$1" > /dev/null 2>&1; }

# What a linker for the target is called, how its programs run, and the
# packages of Debian that bring both.
describe() {
    linker= runner= library= packages= flags= suffix=
    case $target in
    *-windows-gnu)
        linker=x86_64-w64-mingw32-gcc suffix=.exe
        runner=$(command -v wine64 || echo /usr/lib/wine/wine64)
        packages="gcc-mingw-w64-x86-64 wine64"
        ;;
    aarch64-*-linux-gnu)
        linker=aarch64-linux-gnu-gcc runner=qemu-aarch64 library=lib
        packages="gcc-aarch64-linux-gnu qemu-user"
        export QEMU_LD_PREFIX=/usr/aarch64-linux-gnu
        ;;
    *-linux-musl)
        # Its own programs are static; a host of plugins cannot be.
        linker=musl-gcc library=lib packages=musl-tools
        flags="-Ctarget-feature=-crt-static -Lnative=$work/musl"
        [ "$(uname -sm)" = "Linux x86_64" ] && runner=env
        ;;
    esac
    name=$(echo "$target" | tr a-z- A-Z_)
    [ -z "$linker" ] || export "CARGO_TARGET_${name}_LINKER=$linker"
    export "CARGO_TARGET_${name}_RUSTFLAGS=$flags"
    export CROSS_TARGET="$target" CROSS_RUSTFLAGS="$flags"
    built=$CARGO_TARGET_DIR/$target/debug
}

# Cargo as the target's programs find it.
stand_in() {
    folder=$work/bin/$target
    mkdir -p "$folder"
    if [ "$suffix" ]; then
        "$RUSTC" --edition 2024 --target "$target" \
            -C "linker=$linker" -o "$folder/cargo.exe" "$here/cargo.rs" &&
            "$linker" -shared -s -o "$folder/bcryptprimitives.dll" \
                "$here/bcryptprimitives.c" -ladvapi32 || return
        WINEPATH=Z:$(echo "$folder" | tr / '\\')
        CARGO=$WINEPATH\\cargo.exe
        export WINEPATH
    else
        cp "$here/cargo.sh" "$folder/cargo"
        # There is no second compiler, whatever rustup has.
        printf '#!/bin/sh\n%s\n%s\n' \
            'case ${RUSTUP_TOOLCHAIN-} in nightly*) exit 1 ;; esac' \
            'exec "$RUSTC" "$@"' > "$folder/rustc"
        chmod +x "$folder/cargo" "$folder/rustc"
        CARGO=$folder/cargo
    fi
    export CARGO
}

# The unwinder of Debian's gcc is a library that needs glibc. From its parts,
# which need next to nothing, this makes one of that name for musl.
unwinder() {
    parts=$("$linker" -print-file-name=libgcc_eh.a)
    mkdir -p "$work/musl" && cp "$parts" "$work/musl/new.a" &&
        "$linker" -O2 -fPIC -fvisibility=hidden -c \
            -o "$work/musl/find_object.o" "$here/find_object.c" &&
        ar r "$work/musl/new.a" "$work/musl/find_object.o" &&
        mv "$work/musl/new.a" "$work/musl/libgcc_s.a"
}

build() {
    case $target in *-linux-musl) unwinder || return ;; esac
    stand_in || return
    (
        unset CARGO
        cargo build --quiet --locked --target "$target" &&
            cargo build --quiet --locked --target "$target" --examples &&
            cargo build --quiet --locked --target "$target" \
                --manifest-path tests/old-filter/Cargo.toml &&
            cargo build --quiet --locked --target "$target" \
                --release --example own_name --example live &&
            cargo test --quiet --locked --target "$target" --no-run \
                $PACKAGES --message-format=json-render-diagnostics \
                > "$work/tests.$target"
    )
}

# A program of the target, as it would run there.
run() { (PATH="$folder:$PATH" && "$runner" "$@"); }

example1() {
    out=$(run "$built/basic-host$suffix" | tr -d '\r') || return
    echo "$out"
    [ "$out" = "add(2, 40) = 42" ]
}

gotchas() { run "$built/gotchas$suffix"; }

example2() {
    plugins=$work/plugins/$target
    rm -rf "$plugins" && mkdir -p "$plugins" || return
    for plugin in crab greet voice; do
        cp "$built/$library$plugin".[ds][lo]* "$plugins" || return
    done
    cp examples/02-registration/plugins/greet/greet.txt "$plugins"
    run "$built/app$suffix" --plugins "$plugins" --strict \
        > "$plugins/list" && cat "$plugins/list" &&
        grep -q '^  crab       let a crab say it' "$plugins/list" &&
        grep -q '^  whisper    say it softly' "$plugins/list" &&
        run "$built/app$suffix" --plugins "$plugins" crab hello > \
            "$plugins/crab" && cat "$plugins/crab" &&
        grep -q '< hello' "$plugins/crab" &&
        run "$built/app$suffix" inspect "$built/app$suffix"
}

# The picture that the README shows was made on Linux, and is the same here.
example3() {
    filters=$work/filters/$target
    rm -rf "$filters" && mkdir -p "$filters" || return
    for filter in blur clumsy grey old vignette; do
        cp "$built/$library$filter".[ds][lo]* "$filters" || return
    done
    darkroom filters > "$filters/list" && cat "$filters/list" &&
        grep -q '^blur  ' "$filters/list" &&
        grep -q '^old  ' "$filters/list" &&
        develop blur.png blur:radius=8 vignette &&
        cmp "$filters/blur.png" examples/03-darkroom/developed.png &&
        develop grey.png grey old:years=90 || return
    # It panics, and the picture is as it was.
    develop blur.png clumsy && return 1
    cmp "$filters/blur.png" examples/03-darkroom/developed.png
}

darkroom() { run "$built/darkroom$suffix" --plugins "$filters" "$@"; }

develop() {
    out=$filters/$1
    shift
    darkroom examples/03-darkroom/crab.png "$out" "$@"
}

# All but those for which Cargo would build much of this repository again.
tests() {
    failed=0
    # A macro of the compiler's own kind is tested where that runs.
    grep '"test":true' "$work/tests.$target" |
        grep "/$target/debug/" | sed -n \
        's/.*"src_path":"\([^"]*\)".*"executable":"\([^"]*\)".*/\1 \2/p' \
        > "$work/programs.$target"
    while read -r source program; do
        echo "$source"
        case $source in
        "$PWD"/crates/build/tests/*) ;;
        # What is copied to be reloaded is another matter on each system.
        "$PWD"/crates/host/tests/toy/*) run "$program" cop generation ;;
        "$PWD"/tests/it/*)
            run "$program" --test-threads 2 commands example1 example2 \
                go_suite host inspect loading two_calls \
                --skip new_plugin --skip a_plugin_is_built_in \
                --skip does_not_link --skip talk::
            ;;
        *) run "$program" ;;
        esac < /dev/null || failed=1
    done < "$work/programs.$target"
    return "$failed"
}

for target in ${TARGETS:-$(cat "$here/targets")}; do
    describe
    row="| $target"
    if ! [ -d "$("$RUSTC" --print target-libdir \
        --target "$target")" ]; then
        note "$target: no standard library for it; with rustup: rustup \
target add $target; on Debian 12: sh tests/cross/tools.sh"
        table="$table
$row | skipped | skipped | skipped | skipped | skipped | skipped |"
        continue
    fi
    step checks "$clippy" clippy --quiet --locked --keep-going \
        --target "$target" $PACKAGES --all-targets -- -D warnings
    row="$row | $cell"
    skipped=
    if [ -z "$runner" ]; then
        skipped=1
        note "$target: nothing runs its programs here; only checked"
    elif ! has "$linker" || ! has "$runner"; then
        skipped=1
        note "$target: only checked; to run it: apt install $packages"
    fi
    if [ "$skipped" ]; then
        table="$table
$row | skipped | skipped | skipped | skipped | skipped |"
        continue
    fi
    step build build
    if [ "$cell" = ok ]; then
        for name in example1 example2 example3 gotchas tests; do
            case $name:$runner in
            gotchas:qemu* | tests:qemu*)
                if ! "$built/basic-host" > "$work/logs/binfmt" 2>&1; then
                    row="$row | skipped"
                    note "$target: $name not run, for they start programs \
of their own; apt install qemu-user-binfmt, or binfmt_misc is missing"
                    continue
                fi
                ;;
            esac
            step "$name" "$name"
            row="$row | $cell"
        done
    else
        row="$row | failed | failed | failed | failed | failed"
    fi
    unset CARGO WINEPATH
    table="$table
$row |"
done

echo
echo "$compiler"
echo "$table"
echo "$notes"
exit "$bad"
