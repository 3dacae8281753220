# Footlight's server and bridge in one image; the command chooses which. NOT TESTED on a Docker engine yet.
#
#   docker build -t footlight .
#   docker run footlight server/main.ts      (the default)
#   docker run footlight bridge/main.ts

FROM node:24-bookworm-slim AS build
WORKDIR /app
# Tools for building the mediasoup worker, should its ready-made binary be out of reach.
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates meson ninja-build g++ pkg-config flatbuffers-compiler \
      libflatbuffers-dev libabsl-dev libuv1-dev libssl-dev libsrtp2-dev \
 && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json .npmrc ./
# No install scripts: the image's Node is the one that runs Footlight, and the worker comes below.
RUN npm ci --include=dev --ignore-scripts
COPY worker-config ./worker-config
COPY server/setup ./server/setup
RUN XDG_CACHE_HOME=/worker node server/setup/worker.ts \
 && cp /worker/footlight/*/mediasoup-worker /usr/local/bin/mediasoup-worker
COPY . .
RUN node node_modules/vite/bin/vite.js build web \
 && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates ffmpeg fonts-noto-cjk tini libuv1 libssl3 libsrtp2-1 libabsl20220623 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --create-home footlight \
 && mkdir -p /data/media && chown -R footlight:footlight /data
WORKDIR /app
COPY --from=build /usr/local/bin/mediasoup-worker /usr/local/bin/mediasoup-worker
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/server ./server
COPY --from=build /app/bridge ./bridge
COPY --from=build /app/worker-config ./worker-config
COPY --from=build /app/web/dist ./web/dist
ENV NODE_ENV=production \
    MEDIASOUP_WORKER_BIN=/usr/local/bin/mediasoup-worker \
    DATA_DIR=/data \
    MEDIA_DIR=/data/media \
    HEALTH_URL=http://127.0.0.1:3000/healthz
USER footlight
VOLUME /data
# HTTP, RTMP, and the first WebRTC port (one more a worker).
EXPOSE 3000 1935 44400/udp 44400/tcp
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(process.env.HEALTH_URL).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
# tini reaps what ffmpeg and the workers leave behind.
ENTRYPOINT ["tini", "--", "node"]
CMD ["server/main.ts"]
