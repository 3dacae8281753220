// Where a broadcast's tags come together: one clock, one configuration, one GOP cache, any number of readers.
import type { FlvTag } from '../flv/FlvTag.ts'
import { GopCache } from './GopCache.ts'
import type { GopCacheLimits } from './GopCache.ts'
import { classifyTag } from './HubTag.ts'
import type { HubTag } from './HubTag.ts'
import { learn } from './StreamConfig.ts'
import type { ConfigChange, StreamConfig } from './StreamConfig.ts'
import { Timeline } from './Timeline.ts'
import { toClassicTag } from './toClassicTag.ts'

/** Calls are synchronous; a subscriber that is slow must drop, the hub never queues for it. */
export type HubSubscriber = {
  onTag(tag: HubTag): void
  /** Before the first tag of a new or changed track. The GOP cache is already cleared when it changed. */
  onConfig?(config: StreamConfig, change: Exclude<ConfigChange, 'none'>): void
}

export class FlvHub {
  readonly #timeline = new Timeline()
  readonly #cache: GopCache
  readonly #subscribers = new Set<HubSubscriber>()
  #config: StreamConfig = {}
  #bytes = { audio: 0, video: 0 }

  constructor(options: { readonly cacheLimits?: GopCacheLimits } = {}) {
    this.#cache = new GopCache(options.cacheLimits)
  }

  get config(): StreamConfig {
    return this.#config
  }

  /** Everything since the last keyframe, oldest first. */
  get cached(): readonly HubTag[] {
    return this.#cache.tags
  }

  /** Media bytes taken so far, for bitrates. */
  get bytes(): Readonly<{ audio: number; video: number }> {
    return this.#bytes
  }

  /** Another source takes over: its configuration is learnt anew, its clock follows on the former's. */
  beginSource(): void {
    this.#timeline.seam()
    this.#cache.clear()
    this.#config = {}
  }

  /** Takes a tag of the source and passes it on with the broadcast's time. */
  publish(sourceTag: FlvTag): void {
    const sorted = classifyTag(toClassicTag(sourceTag))
    if (sorted === undefined) return
    const { config, change } = learn(this.#config, sorted)
    this.#config = config
    if (change === 'changed') this.#cache.clear()
    if (change !== 'none') for (const subscriber of [...this.#subscribers]) subscriber.onConfig?.(config, change)
    const tag = this.#timed(sorted)
    if (isFrame(tag)) {
      this.#bytes[tag.role === 'audio' ? 'audio' : 'video'] += tag.tag.data.length
      this.#cache.add(tag)
    }
    for (const subscriber of [...this.#subscribers]) subscriber.onTag(tag)
  }

  /** Adds a reader; the result takes it away again. */
  subscribe(subscriber: HubSubscriber): () => void {
    this.#subscribers.add(subscriber)
    return () => this.#subscribers.delete(subscriber)
  }

  #timed(sorted: HubTag): HubTag {
    const { type, timestamp, data } = sorted.tag
    const now = isFrame(sorted) && type !== 'script' ? this.#timeline.map(type, timestamp) : this.#timeline.now
    return { ...sorted, tag: { type, timestamp: now, data } }
  }
}

/** Whether it is media, and not the set-up of it. */
export function isFrame(tag: HubTag): boolean {
  return tag.role === 'keyframe' || tag.role === 'video' || tag.role === 'audio'
}
