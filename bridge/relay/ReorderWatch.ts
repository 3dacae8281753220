// Notices B-frames where a stream's headers claim there are none.
import type { HubTag } from '../hub/HubTag.ts'

/** Looks at presentation times: decoding order and presentation order differ only with B-frames. */
export class ReorderWatch {
  #last = -Infinity

  /** True when this frame is shown before one that was decoded earlier. */
  sees(tag: HubTag): boolean {
    if (tag.role === 'keyframe') this.#last = -Infinity
    if (tag.role !== 'keyframe' && tag.role !== 'video') return false
    const presented = tag.tag.timestamp + tag.video.compositionTimeMs
    if (presented < this.#last) return true
    this.#last = presented
    return false
  }
}
