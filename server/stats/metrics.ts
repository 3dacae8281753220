// What Prometheus reads at /metrics.
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { Bridges } from '../live/bridges/Bridges.ts'
import type { Live } from '../live/Live.ts'
import type { ViewerCount } from '../live/ViewerCount.ts'
import type { PoolStats, RoomStats } from '../media/roomStats.ts'

export type JoinTimes = Histogram<'mode'>

export function createJoinTimes(): JoinTimes {
  return new Histogram({
    name: 'footlight_join_seconds',
    help: 'From asking to watch to the first frame, as pages report it',
    labelNames: ['mode'],
    buckets: [0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 30],
    registers: [],
  })
}

export type MetricsOptions = { readonly live: Live; readonly viewers: ViewerCount; readonly joinTimes: JoinTimes; readonly poolStats: () => Promise<PoolStats>; readonly bridges: Bridges }

export function createMetrics({ live, viewers, joinTimes, poolStats, bridges }: MetricsOptions): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'footlight_server_' })
  registry.registerMetric(joinTimes)

  new Gauge({
    name: 'footlight_broadcasts',
    help: 'Running broadcasts by state and source',
    labelNames: ['state', 'source'],
    registers: [registry],
    collect() {
      this.reset()
      for (const { state, source } of live.all().map((running) => running.view())) this.inc({ state, source })
    },
  })
  new Gauge({
    name: 'footlight_viewers',
    help: 'Viewers of this server by mode',
    labelNames: ['mode'],
    registers: [registry],
    collect() {
      for (const [mode, count] of Object.entries(viewers.byMode())) this.set({ mode }, count)
    },
  })
  new Gauge({
    name: 'footlight_ffmpeg_restarts',
    help: 'ffmpegs that the living bridges had to restart, by what they were for',
    labelNames: ['role'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [role, count] of Object.entries(bridges.ffmpegRestarts())) this.set({ role }, count)
    },
  })
  registerMedia(registry, live, poolStats)
  return registry
}

function registerMedia(registry: Registry, live: Live, poolStats: () => Promise<PoolStats>): void {
  const rooms = () => Promise.all(live.all().flatMap(({ room }) => (room && !room.closed ? [room.stats()] : [])))
  const byDirection = (name: string, help: string, pick: (counted: { packets: number; lost: number }) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['direction'],
      registers: [registry],
      async collect() {
        const stats = await rooms()
        this.set({ direction: 'in' }, stats.reduce((sum, room) => sum + pick(received(room)), 0))
        this.set({ direction: 'out' }, stats.reduce((sum, room) => sum + pick(room.sent), 0))
      },
    })
  byDirection('footlight_media_packets', 'RTP packets of running broadcasts', ({ packets }) => packets)
  byDirection('footlight_media_packets_lost', 'RTP packets lost in running broadcasts', ({ lost }) => lost)
  const ofPool = (name: string, help: string, pick: (stats: PoolStats) => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(pick(await poolStats()))
      },
    })
  ofPool('footlight_workers', 'mediasoup workers running', ({ workers }) => workers.length)
  ofPool('footlight_worker_deaths', 'mediasoup workers that died and were replaced', ({ deaths }) => deaths)
}

function received({ producers }: RoomStats): { packets: number; lost: number } {
  return producers.reduce((total, { packets, lost }) => ({ packets: total.packets + packets, lost: total.lost + lost }), { packets: 0, lost: 0 })
}
