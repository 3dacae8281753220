// Writes a hub's tags to one reader, which starts at a keyframe and, when slow, loses frames instead of growing our memory.
import type { Writable } from 'node:stream'
import type { ContainerFormat } from './ContainerFormat.ts'
import { isFrame } from './FlvHub.ts'
import type { FlvHub } from './FlvHub.ts'
import type { HubTag } from './HubTag.ts'

export type TagWriterOptions = {
  readonly hub: FlvHub
  readonly sink: Writable
  readonly format: ContainerFormat
  /** Bytes that may wait in the sink before frames are skipped up to the next keyframe. */
  readonly maxBufferedBytes: number
  /** `all`: the reader gets the whole GOP so far. `live`: it must not fall behind, so an old GOP is squeezed into its last instant. */
  readonly cached: 'all' | 'live'
  readonly onWrite?: (bytes: number) => void
}

/** A cache no longer than this needs no squeezing, ms. */
const SHORT_CACHE_MS = 400

/** Subscribed from its construction until `close`; it never ends the sink. */
export class TagWriter {
  readonly #options: TagWriterOptions
  readonly #unsubscribe: () => void
  #base: number | undefined
  #waiting = true
  #headers: HubTag[] = []
  #skipped = 0

  constructor(options: TagWriterOptions) {
    this.#options = options
    const { hub, format } = options
    this.#write(format.begin(hub.config))
    for (const [tag, timestamp] of startingFrames(hub.cached, options.cached)) this.#frame(tag, timestamp)
    this.#unsubscribe = hub.subscribe({ onTag: (tag) => this.#onTag(tag) })
  }

  /** Frames left out so far because the reader was slow. */
  get skipped(): number {
    return this.#skipped
  }

  close(): void {
    this.#unsubscribe()
  }

  #onTag(tag: HubTag): void {
    const { hub, sink, maxBufferedBytes } = this.#options
    if (sink.writableEnded || sink.destroyed) return
    if (!isFrame(tag)) {
      this.#headers = [...this.#headers.filter(({ role }) => role !== tag.role), tag]
      if (!this.#waiting) this.#flushHeaders(tag.tag.timestamp)
      return
    }
    if (!this.#waiting && sink.writableLength > maxBufferedBytes) this.#waiting = true
    if (this.#waiting) {
      const startable = tag.role === 'keyframe' || hub.config.video === undefined
      if (!startable || sink.writableLength > maxBufferedBytes / 2) {
        if (this.#base !== undefined) this.#skipped += 1
        return
      }
      this.#flushHeaders(tag.tag.timestamp)
    }
    this.#frame(tag, tag.tag.timestamp)
  }

  #flushHeaders(timestamp: number): void {
    for (const header of this.#headers.splice(0)) this.#tag(header, timestamp)
  }

  #frame(tag: HubTag, timestamp: number): void {
    this.#waiting = false
    this.#base ??= timestamp
    this.#tag(tag, timestamp)
  }

  #tag(tag: HubTag, timestamp: number): void {
    const bytes = this.#options.format.write(tag, Math.max(0, timestamp - (this.#base ?? timestamp)))
    if (bytes) this.#write(bytes)
  }

  #write(bytes: Buffer): void {
    this.#options.sink.write(bytes)
    this.#options.onWrite?.(bytes.length)
  }
}

/** The cached frames with their times. In `live` an old GOP's pictures come 1 ms apart: a viewer sees the newest at once. */
export function startingFrames(cached: readonly HubTag[], mode: 'all' | 'live'): (readonly [HubTag, number])[] {
  const asTheyAre = cached.map((tag) => [tag, tag.tag.timestamp] as const)
  const first = cached[0]?.tag.timestamp ?? 0
  const last = cached.at(-1)?.tag.timestamp ?? 0
  if (mode === 'all' || last - first <= SHORT_CACHE_MS) return asTheyAre
  const pictures = cached.filter((tag) => tag.role === 'keyframe' || tag.role === 'video')
  // Reordered frames cannot be squeezed without rewriting their composition times: wait for the next keyframe.
  if (pictures.some((tag) => 'video' in tag && tag.video.compositionTimeMs !== 0)) return []
  return pictures.map((tag, index) => [tag, last - (pictures.length - 1 - index)] as const)
}
