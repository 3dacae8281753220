// Asks the server for the simulcast layer that fits the player, or the one its viewer fixed.
import type { LiveSocket } from '../client/LiveSocket.ts'
import { layerHeights, preferredLayer } from './simulcastLayers.ts'

type Now = {
  readonly socket: LiveSocket | null
  /** Layers that are received; 0 without a picture. */
  readonly layers: number
  /** Height of the picture as the host sends it; 0 when unknown. */
  readonly height: number
  /** The layer the viewer fixed, or -1. */
  readonly fixed: number
}

export class LayerChoice {
  readonly #video: HTMLVideoElement
  readonly #now: () => Now
  readonly #resized: ResizeObserver
  #asked: number | null = null

  constructor(video: HTMLVideoElement, now: () => Now) {
    this.#video = video
    this.#now = now
    this.#resized = new ResizeObserver(() => this.ask())
    this.#resized.observe(video)
  }

  /** Heights to choose from, the smallest first; empty for a plain stream. */
  get heights(): readonly number[] {
    const { layers, height } = this.#now()
    return layers > 1 && height > 0 ? layerHeights({ height, layers }) : []
  }

  /** What was asked of a former transport means nothing to the next. */
  forget(): void {
    this.#asked = null
  }

  ask(): void {
    const { socket, fixed } = this.#now()
    const { heights } = this
    if (heights.length < 2 || socket?.connected !== true) return
    const wanted = fixed >= 0 ? fixed : preferredLayer({ heights, playerHeight: this.#video.clientHeight * window.devicePixelRatio })
    if (wanted === this.#asked) return
    this.#asked = wanted
    socket.tell('watch:prefer', { spatialLayer: wanted })
  }

  close(): void {
    this.#resized.disconnect()
  }
}
