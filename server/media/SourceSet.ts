// The streams a room gets at the moment and the one way in they come by; a newer way in replaces the older.
import type { Producer } from 'mediasoup/types'
import type { MediaClosedReason } from '../contract/sockets.ts'
import type { RoomSources } from './RoomSources.ts'
import { describeSource } from './Source.ts'
import type { Source } from './Source.ts'

/** A publish transport or a relay's ports. */
export type Input = { close(reason: MediaClosedReason): void }

export class SourceSet {
  readonly #byKind = new Map<'audio' | 'video', Source>()
  readonly #onAdded: (source: Source) => void
  readonly #onChanged: () => void
  #input: Input | undefined

  constructor(o: { onAdded: (source: Source) => void; onChanged: () => void }) {
    this.#onAdded = o.onAdded
    this.#onChanged = o.onChanged
  }

  get list(): readonly Source[] {
    return [...this.#byKind.values()]
  }

  get(kind: 'audio' | 'video'): Source | undefined {
    return this.#byKind.get(kind)
  }

  get description(): RoomSources {
    const video = this.#byKind.get('video')
    return {
      ...(video === undefined ? {} : { video: { codec: video.codec === 'vp8' ? 'vp8' : 'h264', layers: video.layers } }),
      ...(this.#byKind.has('audio') ? { audio: { codec: 'opus' } } : {}),
    }
  }

  replaceInput(input: Input | undefined, reason: MediaClosedReason): void {
    const former = this.#input
    this.#input = input
    former?.close(reason)
  }

  /** A second source of a kind replaces the first. */
  add(producer: Producer): void {
    const source = describeSource(producer)
    const former = this.#byKind.get(source.kind)
    this.#byKind.set(source.kind, source)
    former?.producer.close()
    producer.observer.once('close', () => {
      if (this.#byKind.get(source.kind) !== source) return
      this.#byKind.delete(source.kind)
      this.#onChanged()
    })
    this.#onAdded(source)
    this.#onChanged()
  }
}
