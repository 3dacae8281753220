// Counts what an encoder really sends, for the studio.
import type { FlvTag } from '../flv/FlvTag.ts'

export class BitrateMeter {
  #since = performance.now()
  #bytes = { video: 0, audio: 0 }

  add({ type, data }: FlvTag): void {
    if (type !== 'script') this.#bytes[type] += data.length
  }

  /** Kilobits a second since the last call. */
  measure(now = performance.now()): { videoKbps: number; audioKbps: number } {
    const elapsed = Math.max(1, now - this.#since)
    const { video, audio } = this.#bytes
    this.#since = now
    this.#bytes = { video: 0, audio: 0 }
    return { videoKbps: Math.round((video * 8) / elapsed), audioKbps: Math.round((audio * 8) / elapsed) }
  }
}
