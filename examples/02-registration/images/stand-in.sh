#!/bin/sh
# Makes stand-ins for the two base images, from Debian's packages and the
# toolchain of this machine, for buildah: nothing is pulled then. It runs
# as root, on Debian, with buildah, debootstrap and rustup.
#   sh stand-in.sh, then make images and prove.sh with ENGINE=buildah and
#   FLAGS="--isolation chroot --pull-never --volume /etc/ssl/certs:/etc/ssl/certs:ro"
set -eu
CDPATH='' cd "$(dirname "$0")"
base_of() { sed -n "s,^FROM \($1[^ @]*\).*,\1,p" app.Dockerfile; }
rust=$(base_of rust:)
cc=$(base_of gcr.io/)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# As rust:…-slim: a C compiler as the linker, and one toolchain of rustup.
root=$folder/rust
debootstrap --variant=minbase --include=gcc,libc6-dev,ca-certificates \
    "${rust##*-}" "$root" >&2
name=$(rustup show active-toolchain | cut -d' ' -f1)
rustup=$root/usr/local/rustup
mkdir -p "$rustup/toolchains/$name" "$root/usr/local/cargo/bin"
sysroot=$(rustc --print sysroot)
cp -a "$sysroot/bin" "$sysroot/lib" "$rustup/toolchains/$name"
printf 'version = "12"\ndefault_toolchain = "%s"\n' "$name" \
    > "$rustup/settings.toml"
cp -L "$(command -v rustup)" "$root/usr/local/cargo/bin/rustup"
for tool in cargo rustc; do
    ln -s rustup "$root/usr/local/cargo/bin/$tool"
done
chmod -R a+w "$rustup" "$root/usr/local/cargo"

# As distroless/cc: the C library, libgcc, and no shell.
root=$folder/cc
mkdir "$root"
for package in base-files libc6 libgcc-s1; do
    dpkg -x "$folder"/rust/var/cache/apt/archives/"$package"_*.deb "$root"
done
rm "$folder"/rust/var/cache/apt/archives/*.deb

commit() { # FOLDER IMAGE [OPTION]...
    container=$(buildah from scratch)
    buildah add --quiet "$container" "$folder/$1" / >&2
    name=$2
    shift 2
    buildah config "$@" "$container"
    buildah commit --quiet --rm "$container" "$name" >&2
    echo "$name"
}
path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
commit rust "docker.io/library/$rust" --cmd bash \
    --env RUSTUP_HOME=/usr/local/rustup --env CARGO_HOME=/usr/local/cargo \
    --env "PATH=/usr/local/cargo/bin:$path"
commit cc "$cc" --user 65532 --env "PATH=$path"
