# Builds plugins with the compiler, the crates and the api that the app
# is built with. In the folder of a plugin, or of this workspace:
#   docker run --rm -v "$PWD:/work" plugin-builder voice
# leaves libvoice.so in target/plugin-builder/release/.

# ANCHOR: image
# ANCHOR: pin
# plugin-builder.Dockerfile
FROM rust:1.95.0-slim-trixie
ENV RUSTUP_TOOLCHAIN=1.95.0
WORKDIR /rust-plugins-in-a-nutshell
COPY Cargo.toml Cargo.lock ./
COPY crates crates
COPY examples/02-registration/api examples/02-registration/api
# ANCHOR_END: pin
WORKDIR /work
RUN --mount=target=/work cargo fetch --locked --target host-tuple
ENV CARGO_NET_OFFLINE=true RUSTFLAGS= \
    CARGO_TARGET_DIR=/work/target/plugin-builder \
    CARGO_PROFILE_RELEASE_PANIC=unwind CARGO_PROFILE_RELEASE_STRIP=true
USER 1000:1000
# ANCHOR: entrypoint
ENTRYPOINT ["cargo", "build", "--release", "--package"]
# ANCHOR_END: entrypoint
# ANCHOR_END: image
