#!/bin/sh
# Proves on this machine what the book says of the images, and ends at the
# first thing that is not so. Before: make images ENGINE=…
#   sh prove.sh docker|podman|buildah
# FLAGS are for the engine's build command, as for `make images`. It needs
# Linux, and the toolchain nightly for the plugin that must be refused, or
# the one that NIGHTLY_TOOLCHAIN names.
set -eu
engine=${1:?usage: sh prove.sh docker|podman|buildah}
CDPATH='' cd "$(dirname "$0")/../../.."
images=examples/02-registration/images
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "prove.sh: $*" >&2
    exit 1
}

# Offline, without privileges, and with nothing to write to but the mount.
run() { # IMAGE FOLDER:PATH WORD...
    if [ "$engine" = buildah ]; then
        run_with_buildah "$@"
        return
    fi
    image=$1 mount=$2
    shift 2
    "$engine" run --rm --network none --cap-drop ALL --read-only \
        --security-opt no-new-privileges --tmpfs /tmp ${as:+--user "$as"} --volume "$mount" "$image" "$@"
}

# It is there to build: it does not know --read-only, and has to be told
# the ENTRYPOINT.
run_with_buildah() {
    words=$(buildah inspect --type image --format \
        '{{range .OCIv1.Config.Entrypoint}}{{.}} {{end}}' "$1")
    container=$(buildah from --pull-never "$1")
    mount=$2 status=0
    shift 2
    # shellcheck disable=SC2086
    buildah run --isolation chroot ${as:+--user "$as"} --volume "$mount" \
        "$container" -- $words "$@" || status=$?
    buildah rm "$container" >/dev/null
    return "$status"
}

# Runs the builder as whoever owns the folder, but never as root.
build() { # FOLDER PACKAGE
    if [ "$(id -u)" = 0 ]; then
        chown -R 1000:1000 "$1"
        run plugin-builder "$1:/work" "$2"
    else
        as=$(id -u):$(id -g) run plugin-builder "$1:/work" "$2"
    fi
    library=$1/target/plugin-builder/release/lib$2.so
    [ "$(stat -c %u "$library")" = "$(stat -c %u "$1")" ] ||
        fail "$library belongs to somebody else"
    ! readelf --section-headers "$library" | grep -q .symtab ||
        fail "$library is not stripped"
    mkdir -p "$work/$place/plugins"
    cp "$library" "$work/$place/plugins"
}

cargo +nightly run --quiet --package preflight \
    --target-dir "$work/nightly" -- --files >"$work/files"
for place in one two; do
    workspace=$work/$place/rust-plugins-in-a-nutshell
    mkdir -p "$workspace"
    tar --create --null --files-from "$work/files" |
        tar --extract --directory "$workspace"
    build "$workspace" voice
    cp -R $images/reverse "$work/$place"
    build "$work/$place/reverse" reverse
done
for plugin in voice reverse; do
    cmp "$work"/one/plugins/lib$plugin.so "$work"/two/plugins/lib$plugin.so
done
echo "built twice, byte for byte the same: voice and reverse"

cat >"$work/expected" <<'EOF'
reverse
  reverse    say it backwards
voice
  shout      say it loudly
  whisper    say it softly
EOF
run app "$work/one/plugins:/app/plugins:ro" --strict >"$work/listed"
diff "$work/expected" "$work/listed"
said=$(run app "$work/one/plugins:/app/plugins:ro" reverse desserts)
[ "$said" = stressed ] || fail "reverse desserts: $said"
echo "by mount: the app loads both"

layer() { # FOLDER [OPTION]...
    folder=$1
    shift
    # shellcheck disable=SC2086
    "$engine" build ${FLAGS:-} -f $images/plugin.Dockerfile "$@" "$folder" \
        >/dev/null
}
layer . --build-arg PLUGIN=voice -t app-voice
layer $images/reverse --build-arg PLUGIN=reverse \
    --build-arg APP=app-voice -t app-voice-reverse
mkdir "$work/none"
run app-voice-reverse "$work/none:/none" --strict >"$work/listed"
diff "$work/expected" "$work/listed"
echo "as layers: the app loads both"

if [ "$engine" = podman ]; then
    layer . --build-arg PLUGIN=voice --target plugin -t voice
    podman run --rm --read-only \
        --mount type=image,source=voice,destination=/app/plugins \
        app --strict >"$work/listed"
    grep -q shout "$work/listed" || fail "$(cat "$work/listed")"
    echo "as an image that is mounted: the app loads voice"
fi

cargo "+${NIGHTLY_TOOLCHAIN:-nightly}" build --quiet --release --package voice \
    --target-dir "$work/nightly"
mkdir "$work/other"
cp "$work/nightly/release/libvoice.so" "$work/other"
run app "$work/other:/app/plugins:ro" >"$work/listed"
grep -q '^refused libvoice.so: built with rustc .*-nightly (.*), this app with rustc .*; rebuild it with the plugin-builder image$' \
    "$work/listed" || fail "$(cat "$work/listed")"
echo "built by another compiler: $(grep refused "$work/listed")"
