// Reads out of the sender's statistics what a host wants to see while live.

type Stat = Readonly<Record<string, unknown>>

export type OutgoingTotals = { readonly at: number; readonly bytes: number }

export type OutgoingStats = {
  readonly totals: OutgoingTotals
  /** bit/s over all layers and the sound; null at the first reading. */
  readonly bitrate: number | null
  readonly fps: number
  readonly width: number
  readonly height: number
  /** Per cent of packets lost on the way to the server, as it reported last. */
  readonly lossPercent: number | null
  readonly roundTripMs: number | null
  readonly codec: string | null
  /** Picture layers that are being sent. */
  readonly layers: number
  readonly limitedBy: 'none' | 'cpu' | 'bandwidth' | 'other'
}

const numberIn = (stat: Stat | undefined, key: string): number | null => (typeof stat?.[key] === 'number' ? stat[key] : null)
const isText = (value: unknown): value is string => typeof value === 'string'

export function readOutgoingStats(stats: Iterable<Stat>, before: OutgoingTotals | null, at: number): OutgoingStats {
  const all = [...stats]
  const byId = new Map(all.map((stat) => [stat['id'], stat]))
  const outbound = all.filter((stat) => stat['type'] === 'outbound-rtp')
  const video = outbound.filter((stat) => stat['kind'] === 'video')
  const largest = video.reduce<Stat | undefined>((best, stat) => ((numberIn(stat, 'frameWidth') ?? 0) > (numberIn(best, 'frameWidth') ?? 0) ? stat : best), video[0])
  const remote = all.filter((stat) => stat['type'] === 'remote-inbound-rtp')
  const losses = remote.map((stat) => numberIn(stat, 'fractionLost')).filter((loss) => loss !== null)
  const trips = remote.map((stat) => numberIn(stat, 'roundTripTime')).filter((trip) => trip !== null)
  const bytes = outbound.reduce((sum, stat) => sum + (numberIn(stat, 'bytesSent') ?? 0) + (numberIn(stat, 'headerBytesSent') ?? 0), 0)
  const mime = byId.get((largest ?? outbound[0])?.['codecId'])?.['mimeType']
  const limit = largest?.['qualityLimitationReason']
  return {
    totals: { at, bytes },
    bitrate: before === null || at <= before.at || bytes < before.bytes ? null : ((bytes - before.bytes) * 8000) / (at - before.at),
    fps: Math.round(numberIn(largest, 'framesPerSecond') ?? 0),
    width: numberIn(largest, 'frameWidth') ?? 0,
    height: numberIn(largest, 'frameHeight') ?? 0,
    lossPercent: losses.length === 0 ? null : Math.max(0, ...losses) * 100,
    roundTripMs: trips.length === 0 ? null : Math.round(Math.max(...trips) * 1000),
    codec: isText(mime) ? (mime.split('/')[1] ?? null) : null,
    layers: video.filter((stat) => (numberIn(stat, 'framesPerSecond') ?? 0) > 0).length,
    limitedBy: limit === 'cpu' || limit === 'bandwidth' || limit === 'none' ? limit : limit === undefined ? 'none' : 'other',
  }
}
