// Reads out of a WebRTC statistics report what the player wants to know.

type Stat = Readonly<Record<string, unknown>>

export type InboundStats = {
  /** All media bytes received so far. */
  readonly bytes: number
  readonly framesDecoded: number
  readonly estimatedPlayoutTimestamp: number | null
  readonly roundTripMs: number | null
  /** Sums since the start; two readings give a mean. */
  readonly jitterBufferSeconds: number
  readonly jitterBufferCount: number
}

const numberIn = (stat: Stat | undefined, key: string): number | null => (typeof stat?.[key] === 'number' ? stat[key] : null)

export function readInboundStats(stats: Iterable<Stat>): InboundStats {
  const all = [...stats]
  const inbound = all.filter((stat) => stat['type'] === 'inbound-rtp' && stat['trackIdentifier'] !== 'probator' && stat['mid'] !== 'probator')
  const main = inbound.find((stat) => stat['kind'] === 'video') ?? inbound.find((stat) => stat['kind'] === 'audio')
  const pair = all.find((stat) => stat['type'] === 'candidate-pair' && stat['nominated'] === true && stat['state'] === 'succeeded')
  const roundTrip = numberIn(pair, 'currentRoundTripTime')
  return {
    bytes: inbound.reduce((sum, stat) => sum + (numberIn(stat, 'bytesReceived') ?? 0), 0),
    framesDecoded: numberIn(main, 'framesDecoded') ?? 0,
    estimatedPlayoutTimestamp: numberIn(main, 'estimatedPlayoutTimestamp'),
    roundTripMs: roundTrip === null ? null : roundTrip * 1000,
    jitterBufferSeconds: numberIn(main, 'jitterBufferDelay') ?? 0,
    jitterBufferCount: numberIn(main, 'jitterBufferEmittedCount') ?? 0,
  }
}

/** Mean stay in the jitter buffer between two readings, in ms; null when nothing left it. */
export function meanJitterBufferMs(before: InboundStats | null, now: InboundStats): number | null {
  const count = now.jitterBufferCount - (before?.jitterBufferCount ?? 0)
  const seconds = now.jitterBufferSeconds - (before?.jitterBufferSeconds ?? 0)
  return count <= 0 || seconds < 0 ? null : (seconds / count) * 1000
}
