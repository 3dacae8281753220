// Follows what comes in over WebRTC: how far behind it is, and whether anything comes at all.
import { webrtcDelay } from './playbackDelay.ts'
import type { DelayFacts } from './playbackDelay.ts'
import { meanJitterBufferMs } from './readInboundStats.ts'
import type { InboundStats } from './readInboundStats.ts'

/** WebRTC that is connected but brings nothing for this long is asked for once more. */
const SILENT_MS = 4_000

export class ReceptionMeter {
  #stats: InboundStats | null = null
  #movedAt = performance.now()
  #heardAt = -Infinity
  #silenceTold = false

  /** A new transport begins to count from nothing. */
  restart(): void {
    this.#stats = null
    this.#movedAt = performance.now()
  }

  /** Time since the last byte was seen to arrive, by whichever transport, in ms; Infinity before the first. */
  get quietMs(): number {
    return performance.now() - this.#heardAt
  }

  /** @returns the delay in ms, null when it cannot be told. */
  take(stats: InboundStats, { serverNow, ingestMs }: Pick<DelayFacts, 'serverNow' | 'ingestMs'>): number | null {
    const before = this.#stats
    this.#stats = stats
    if (stats.bytes > (before?.bytes ?? 0)) this.#heardAt = performance.now()
    if (stats.bytes !== before?.bytes) {
      this.#movedAt = performance.now()
      this.#silenceTold = false
    }
    const { estimatedPlayoutTimestamp, roundTripMs } = stats
    return webrtcDelay({ serverNow, estimatedPlayoutTimestamp, roundTripMs, jitterBufferMs: meanJitterBufferMs(before, stats), ingestMs })
  }

  /** True once in each silence that lasts too long. */
  fallsSilent(): boolean {
    if (this.#silenceTold || performance.now() - this.#movedAt < SILENT_MS) return false
    this.#silenceTold = true
    return true
  }
}
