// What an operator's Prometheus reads of a bridge.
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'

export type BridgeMetrics = ReturnType<typeof createBridgeMetrics>

export type MetricsSources = { readonly publishes: () => number; readonly packagings: () => number; readonly flvViewers: () => number }

/** A registry of its own, event-loop delay and memory included. */
export function createBridgeMetrics({ publishes, packagings, flvViewers }: MetricsSources) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'footlight_bridge_' })
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name: `footlight_bridge_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(read())
      },
    })
  gauge('publishes', 'RTMP connections that publish', publishes)
  gauge('packagings', 'Browser and WHIP broadcasts packaged', packagings)
  gauge('flv_viewers', 'HTTP-FLV readers', flvViewers)
  const registers = [registry]
  return {
    registry,
    ffmpegRestarts: new Counter({ name: 'footlight_bridge_ffmpeg_restarts_total', help: 'ffmpeg processes started again after they died', labelNames: ['role'], registers }),
    bytesIn: new Counter({ name: 'footlight_bridge_rtmp_bytes_total', help: 'Media bytes taken by RTMP', registers }),
    flvBytes: new Counter({ name: 'footlight_bridge_flv_bytes_total', help: 'Bytes written to HTTP-FLV readers', registers }),
  }
}
