# The app without any plugin; they come by mount:
#   docker run --rm -v "$PWD/target/release:/app/plugins" app

# ANCHOR: image
# app.Dockerfile
FROM rust:1.95.0-slim-bookworm AS build
ENV RUSTUP_TOOLCHAIN=1.95.0
WORKDIR /work
COPY . .
RUN cargo build --release --locked --package app

FROM debian:bookworm-slim
COPY --from=build /work/target/release/app /usr/local/bin/app
RUN mkdir -p /app/plugins
USER 1000:1000
ENTRYPOINT ["app", "--plugins", "/app/plugins"]
# ANCHOR_END: image
