# The app without any plugin; they come by mount:
#   docker run --rm -v "$PWD/target/plugin-builder/release:/app/plugins" app

# ANCHOR: image
# app.Dockerfile
FROM rust:1.95.0-slim-trixie AS build
WORKDIR /work
COPY . .
RUN mkdir plugins && cargo build --release --locked -p app

FROM gcr.io/distroless/cc-debian13:nonroot
COPY --from=build /work/target/release/app /usr/local/bin/app
COPY --from=build /work/plugins /app/plugins
USER 65532:65532
ENTRYPOINT ["app", "--plugins", "/app/plugins"]
# ANCHOR_END: image
