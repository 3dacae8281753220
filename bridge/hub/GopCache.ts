// Keeps what is needed to start in the middle of a stream: everything since the last keyframe, within bounds.
import type { HubTag } from './HubTag.ts'

export type GopCacheLimits = { readonly maxBytes: number; readonly maxTags: number }

/** A 10 s GOP at 6 Mbit/s with its audio fits. */
export const GOP_CACHE_LIMITS: GopCacheLimits = { maxBytes: 8 * 1024 * 1024, maxTags: 1_500 }

/** The frames since the last keyframe; empty while there is none, and once a GOP outgrew the limits until the next one. */
export class GopCache {
  readonly #limits: GopCacheLimits
  #tags: HubTag[] = []
  #bytes = 0

  constructor(limits: GopCacheLimits = GOP_CACHE_LIMITS) {
    this.#limits = limits
  }

  get tags(): readonly HubTag[] {
    return this.#tags
  }

  get bytes(): number {
    return this.#bytes
  }

  add(tag: HubTag): void {
    if (tag.role === 'keyframe') this.clear()
    else if (this.#tags.length === 0) return
    this.#tags.push(tag)
    this.#bytes += tag.tag.data.length
    if (this.#bytes > this.#limits.maxBytes || this.#tags.length > this.#limits.maxTags) this.clear()
  }

  clear(): void {
    this.#tags = []
    this.#bytes = 0
  }
}
