# Builds plugins with the compiler and the crates that the app is built
# with. From a checkout, which is mounted at /work:
#   docker run --rm -v "$PWD:/work" plugin-builder voice
# leaves the plugin in target/release/.

# ANCHOR: image
# plugin-builder.Dockerfile
FROM rust:1.95.0-slim-bookworm
ENV RUSTUP_TOOLCHAIN=1.95.0
WORKDIR /work
COPY . .
RUN cargo fetch --locked
ENTRYPOINT ["cargo", "build", "--release", "--offline", "--package"]
# ANCHOR_END: image
