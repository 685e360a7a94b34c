# A plugin as a layer of its own, on top of the app. In its folder:
#   docker build -f plugin.Dockerfile --build-arg PLUGIN=voice -t app-voice .
# and with --target plugin that layer alone.

# ANCHOR: image
# plugin.Dockerfile
ARG BUILDER=plugin-builder
ARG APP=app
FROM ${BUILDER} AS build
ARG PLUGIN
ENV CARGO_TARGET_DIR=/tmp/target
COPY . /work
RUN cargo build --release --locked --package "$PLUGIN"

FROM scratch AS plugin
COPY --from=build --chown=0:0 /tmp/target/release/*.so /

FROM ${APP}
COPY --from=plugin / /app/plugins/
# ANCHOR_END: image
