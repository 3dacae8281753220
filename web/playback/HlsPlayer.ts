// Plays an HLS playlist, live or kept, in a video element: hls.js where it runs, else the browser's own player (iPhones).
import type Hls from 'hls.js'
import type { PlaybackTicket } from './PlaybackTicket.ts'

const RETRY_MS = 1_000

export type HlsLevel = { readonly index: number; readonly height: number }

type Options = {
  readonly url: string
  readonly video: HTMLVideoElement
  readonly live: boolean
  /** What opens a live channel; replays are open. Closed with the player. */
  readonly ticket?: PlaybackTicket
  readonly onLevels?: (levels: readonly HlsLevel[]) => void
  /** The playlist is there and can be played. */
  readonly onReady: () => void
  /** Something is missing; the player keeps trying. `fatal` means that this browser cannot play it at all. */
  readonly onTrouble: (fatal: boolean) => void
}

export class HlsPlayer {
  readonly #options: Options
  #hls: Hls | null = null
  #native = false
  #retry: ReturnType<typeof setTimeout> | undefined
  #up = false
  #closed = false

  constructor(options: Options) {
    this.#options = options
  }

  async start(): Promise<void> {
    const [{ default: HlsClass }] = await Promise.all([import('hls.js/light'), this.#options.ticket?.open()])
    if (this.#closed) return
    if (HlsClass.isSupported()) this.#startHls(HlsClass as unknown as typeof Hls)
    else if (this.#options.video.canPlayType('application/vnd.apple.mpegurl') !== '') this.#startNative()
    else this.#trouble(true)
  }

  /** The playlist is there and nothing is missing. */
  get up(): boolean {
    return this.#up
  }

  /** When the frame on screen was captured (program date time), ms since 1970. */
  get playingDate(): number | null {
    const { video } = this.#options
    if (this.#hls !== null) return this.#hls.playingDate?.getTime() ?? null
    const start = (video as HTMLVideoElement & { getStartDate?: () => Date }).getStartDate?.().getTime()
    return start === undefined || Number.isNaN(start) ? null : start + video.currentTime * 1000
  }

  /** The player's own guess of its distance to the live edge, in ms. */
  get latencyMs(): number | null {
    return this.#hls === null ? null : this.#hls.latency * 1000
  }

  /** @param level an index of `onLevels`, or -1 for automatic. */
  setLevel(level: number): void {
    if (this.#hls !== null) this.#hls.nextLevel = level
  }

  /** Height of the level that plays now; null when unknown. */
  get playingHeight(): number | null {
    const height = this.#hls?.levels[this.#hls.currentLevel]?.height
    return height === undefined || height === 0 ? null : height
  }

  /** Goes to the newest moment that plays without stalling. */
  toLiveEdge(): void {
    const { video } = this.#options
    const edge = this.#hls?.liveSyncPosition ?? (video.seekable.length > 0 ? video.seekable.end(video.seekable.length - 1) - 4 : null)
    if (edge !== null && edge > 0) video.currentTime = edge
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    clearTimeout(this.#retry)
    this.#options.ticket?.close()
    this.#hls?.destroy()
    this.#hls = null
    if (this.#native) {
      this.#options.video.removeEventListener('error', this.#nativeError)
      this.#options.video.removeEventListener('loadedmetadata', this.#ready)
      this.#options.video.removeAttribute('src')
      this.#options.video.load()
    }
  }

  #startHls(HlsClass: typeof Hls): void {
    const { url, video, live, ticket, onLevels } = this.#options
    const hls = new HlsClass({
      lowLatencyMode: false,
      // Two segments of two seconds: more than a playlist's refresh, less than hls.js's three target durations.
      liveSyncDuration: 4,
      liveMaxLatencyDuration: 12,
      maxLiveSyncPlaybackRate: 1.08,
      backBufferLength: live ? 20 : 90,
      capLevelToPlayerSize: true,
      // Playlists are asked for again by the address they had first: the newest token goes on each.
      ...(ticket ? { xhrSetup: (xhr: XMLHttpRequest, address: string) => xhr.open('GET', ticket.on(address), true) } : {}),
    })
    this.#hls = hls
    hls.on(HlsClass.Events.MANIFEST_PARSED, () => {
      onLevels?.(hls.levels.map(({ height }, index) => ({ index, height })))
      this.#ready()
    })
    hls.on(HlsClass.Events.ERROR, (_, { fatal, type }) => {
      if (!fatal || this.#closed) return
      this.#trouble(false)
      if (type === HlsClass.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError()
      else this.#again(() => hls.loadSource(url))
    })
    hls.on(HlsClass.Events.FRAG_BUFFERED, () => this.#up || this.#ready())
    hls.attachMedia(video)
    hls.loadSource(url)
  }

  #startNative(): void {
    this.#native = true
    const { video } = this.#options
    video.addEventListener('error', this.#nativeError)
    video.addEventListener('loadedmetadata', this.#ready)
    video.src = this.#nativeUrl
  }

  /** The server lets a token that is in use outlive its time; whoever begins anew does so with the newest. */
  get #nativeUrl(): string {
    const { url, ticket } = this.#options
    return ticket?.on(url) ?? url
  }

  readonly #ready = (): void => {
    this.#up = true
    this.#options.onReady()
  }

  #trouble(fatal: boolean): void {
    this.#up = false
    this.#options.onTrouble(fatal)
  }

  readonly #nativeError = (): void => {
    this.#trouble(false)
    this.#again(() => {
      this.#options.video.src = this.#nativeUrl
    })
  }

  #again(action: () => void): void {
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => !this.#closed && action(), RETRY_MS)
  }
}
