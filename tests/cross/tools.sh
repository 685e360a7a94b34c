#!/bin/sh
# Puts a compiler into target/cross/rust that can build for each target of
# `make cross`, on a Debian 12 whose rustup cannot be asked for their
# standard libraries: Debian's compiler for its browsers, with the source
# of its standard library, of which this compiles one for each target.
# Nothing is installed; what to install by hand is told by `make cross`.
set -eu
cd "$(dirname "$0")/../.."
rust=$PWD/target/cross/rust
new=$PWD/target/cross/new
version=$(apt-cache depends libstd-rust-web-dev |
    sed -n 's/.*Depends: \(libstd-rust-web-[0-9.]*\)$/\1/p' | head -n 1)
llvm=$(apt-cache depends "$version" |
    sed -n 's/.*Depends: \(libllvm[0-9]*\)$/\1/p' | head -n 1)

if [ ! -x "$rust/usr/bin/rustc" ]; then
    rm -rf "$new" && mkdir -p "$new/packages"
    (cd "$new/packages" && apt-get download "$version" "$llvm" \
        rustc-web libstd-rust-web-dev rust-web-src rust-web-clippy)
    for package in "$new"/packages/*.deb; do
        dpkg -x "$package" "$new"
    done
    rm -r "$new/packages"
    # They look for their libraries where they would be installed.
    patchelf --set-rpath "\$ORIGIN/../lib/$(gcc -print-multiarch)" \
        "$new/usr/bin/rustc" "$new/usr/bin/clippy-driver"
    patchelf --set-rpath '$ORIGIN' "$new/usr/lib/$(gcc -print-multiarch)"/*.so*
    rm -rf "$rust" && mv "$new" "$rust"
fi

empty=$PWD/target/cross/empty
mkdir -p "$empty/src"
: > "$empty/src/lib.rs"
cat > "$empty/Cargo.toml" <<'END'
[package]
name = "empty"
edition = "2024"

[workspace]

[profile.dev]
debug = 0
debug-assertions = false
overflow-checks = false
END
# As its makers do: the one crate that aborts is compiled to abort.
cat > "$empty/rustc.sh" <<'END'
#!/bin/sh
case " $* " in
*" --crate-name panic_abort "*) exec "$@" -Cpanic=abort ;;
*) exec "$@" ;;
esac
END
chmod +x "$empty/rustc.sh"
for target in ${TARGETS:-$(cat tests/cross/targets)}; do
    library=$rust/usr/lib/rustlib/$target/lib
    if [ ! -d "$library" ]; then
        echo "The standard library for $target"
        (cd "$empty" && RUSTC=$rust/usr/bin/rustc RUSTC_BOOTSTRAP=1 \
            RUSTC_WRAPPER=$empty/rustc.sh RUSTFLAGS=-Cembed-bitcode=yes \
            cargo build --quiet --target "$target" --target-dir target \
            -Zbuild-std=std,panic_unwind,panic_abort,proc_macro,test)
        # Cargo does not see that what it built was built with another.
        rm -rf "target/cross/build/$target"
        mkdir -p "$library.new"
        cp "$empty/target/$target/debug/deps"/*.rlib "$library.new"
        rm "$library.new"/libempty-*
        mv "$library.new" "$library"
    fi
done
