// One viewer's stay in a channel: asks the server, plays by WebRTC or HLS, comes back after every kind of loss, and tells the page.
import type { types } from 'mediasoup-client'
import type { BroadcastView } from '../../server/contract/broadcast.ts'
import type { ConsumerDto } from '../../server/contract/media.ts'
import type { WatchReply } from '../../server/contract/sockets.ts'
import type { LiveSocket } from '../client/LiveSocket.ts'
import { RequestFailed } from '../client/RequestFailed.ts'
import { askToWatch } from './askToWatch.ts'
import { banEndsIn, banOf } from './Ban.ts'
import type { Ban } from './Ban.ts'
import { STABLE_MS, chooseMode, initialMode } from './chooseMode.ts'
import type { ModeChoice, ModeEvent, ModeState } from './chooseMode.ts'
import { createDeviceSource } from './createDeviceSource.ts'
import type { DeviceSource } from './createDeviceSource.ts'
import type { HlsPlayer } from './HlsPlayer.ts'
import { firstSnapshot, sameSnapshot } from './LiveSnapshot.ts'
import type { LiveSnapshot } from './LiveSnapshot.ts'
import { FRESH_MS, RETRY_MS, SAMPLE_MS } from './LiveSessionOptions.ts'
import type { LiveSessionOptions } from './LiveSessionOptions.ts'
import { LayerChoice } from './LayerChoice.ts'
import { openLiveHls } from './openLiveHls.ts'
import { hlsDelay } from './playbackDelay.ts'
import { playerState } from './playerState.ts'
import { ReceptionMeter } from './ReceptionMeter.ts'
import { Screen } from './Screen.ts'
import { TicketWatch } from './TicketWatch.ts'
import { WebRtcPlayer } from './WebRtcPlayer.ts'

export class LiveSession {
  readonly #options: LiveSessionOptions
  readonly #video: HTMLVideoElement
  readonly #stream = new MediaStream()
  readonly #screen: Screen
  readonly #device: DeviceSource
  readonly #undo: (() => void)[] = []
  #snapshot: LiveSnapshot
  #mode: ModeState
  #socket: LiveSocket | null = null
  #webrtc: WebRtcPlayer | null = null
  #hls: HlsPlayer | null = null
  #closed = false
  #answered = false
  #clockOffset = 0
  #turn = 0
  /** The simulcast layer received now. */
  #layer: number | null = null
  #retry: ReturnType<typeof setTimeout> | undefined
  #stable: ReturnType<typeof setTimeout> | undefined
  readonly #meter = new ReceptionMeter()
  readonly #layers: LayerChoice
  readonly #ticket: TicketWatch

  constructor(options: LiveSessionOptions) {
    this.#options = options
    this.#video = options.video
    this.#device = createDeviceSource(options.loadDevice)
    this.#screen = new Screen({ video: options.video, onPicture: (ms) => this.#pictureShown(ms), onStarted: (started) => this.#changed({ started }) })
    this.#mode = initialMode(options.choice)
    this.#layers = new LayerChoice(options.video, () => ({ socket: this.#socket, layers: this.#webrtc?.videoLayers ?? 0, height: this.#snapshot.broadcast?.video?.height ?? 0, fixed: this.#snapshot.quality }))
    this.#ticket = new TicketWatch({ channel: options.channel, access: () => this.#snapshot.access, onNeeded: (access) => this.#nothingPlays({ access }), onAccess: (access) => this.#changed({ access }), onMaybe: () => void this.#ask() })
    this.#snapshot = { ...firstSnapshot, choice: this.#mode.choice, mode: this.#mode.mode }
  }

  async start(): Promise<void> {
    // Both at once: the answer to `watch` is worth nothing without the device, and the other way round.
    if (this.#mode.mode === 'webrtc') void this.#device.get().catch(() => undefined)
    this.#changed({})
    const socket = await this.#options.openSocket()
    if (this.#closed) return
    this.#socket = socket
    this.#undo.push(
      socket.onConnect(() => this.#askHere()),
      socket.onDisconnect(() => this.#changed({})),
      socket.on('broadcast:changed', ({ channel, broadcast }) => channel === this.#options.channel && this.#broadcastChanged(broadcast)),
      socket.on('viewers:counted', ({ channel, viewers }) => channel === this.#options.channel && this.#changed({ viewers })),
      socket.on('kept-out', ({ channel, ...ban }) => channel === this.#options.channel && this.#keptOut(ban)),
      this.#ticket.follow(socket),
      socket.on('consumer:added', (consumer) => void this.#consume([consumer])),
      socket.on('consumer:closed', ({ consumerId }) => this.#webrtc?.remove(consumerId)),
      socket.on('consumer:layered', ({ spatialLayer }) => this.#layered(spatialLayer)),
      // After `stopped` and `replaced` there is nothing to come back to.
      socket.on('watch:closed', ({ reason }) => (reason === 'media-restarted' || reason === 'ice-failed') && void this.#ask()),
    )
    const sampler = setInterval(() => void this.#sample(), SAMPLE_MS)
    const left = new AbortController()
    window.addEventListener('online', () => void this.#webrtc?.restartIce().catch(() => undefined), { signal: left.signal })
    this.#undo.push(() => (clearInterval(sampler), left.abort()))
  }

  setMode(choice: ModeChoice): void {
    this.#modeEvent({ type: 'chosen', choice })
    this.#screen.clear()
    this.#changed({ quality: -1, qualities: [], playingHeight: null })
    void this.#ask()
  }

  /** @param level of `qualities`, or -1 for automatic. */
  setQuality(level: number): void {
    this.#changed({ quality: level })
    if (this.#mode.mode === 'hls') this.#hls?.setLevel(level)
    else this.#layers.ask()
  }

  /** Live pictures do not wait: pausing stops them, and playing again goes on at the live edge. */
  togglePlay(): void {
    if (!this.#screen.togglePause()) return
    this.#hls?.toLiveEdge()
    void this.#screen.begin()
  }

  /** A ticket was bought, or a preview's or minute's time came. */
  readonly refreshTicket = (): void => this.#ticket.refresh()

  close(): void {
    if (this.#closed) return
    this.#closed = true
    clearTimeout(this.#retry)
    for (const undo of this.#undo) undo()
    this.#layers.close()
    this.#stopMedia()
    this.#screen.close()
    if (this.#socket?.connected === true) this.#socket.tell('watch:leave', {})
  }

  /** Asks to watch, in the mode of now. A later call makes an earlier one's answer void. */
  async #ask(): Promise<void> {
    const socket = this.#socket
    if (this.#closed || socket === null || !socket.connected) return
    clearTimeout(this.#retry)
    const turn = ++this.#turn
    const stale = () => this.#closed || turn !== this.#turn
    try {
      const device = this.#mode.mode === 'webrtc' ? await this.#device.get() : null
      if (stale()) return
      if (device === null && this.#mode.mode === 'webrtc') this.#modeEvent({ type: 'webrtc-unsupported' })
      const { answer, offset } = await askToWatch({ socket, channel: this.#options.channel, mode: this.#mode.mode, device })
      if (stale()) return
      this.#clockOffset = offset
      await this.#take(answer, device, socket)
    } catch (thrown) {
      if (!stale()) this.#askFailed(RequestFailed.from(thrown))
    }
  }

  async #take(answer: WatchReply, device: types.Device | null, socket: LiveSocket): Promise<void> {
    this.#answered = true
    if (answer.elsewhere) this.#modeEvent({ type: 'elsewhere' })
    this.#changed({ broadcast: answer.broadcast, viewers: answer.viewers, banned: null, access: answer.access })
    if (answer.access?.access === 'needed') return this.#nothingPlays()
    if (device === null || answer.elsewhere) {
      this.#stopWebRtc()
      return this.#startHls(answer.broadcast)
    }
    this.#stopHls()
    if (answer.transport === null) return this.#stopWebRtc()
    const former = this.#webrtc
    const player: WebRtcPlayer = new WebRtcPlayer({
      device,
      socket,
      transport: answer.transport,
      stream: this.#stream,
      onConsuming: () => this.#webrtc === player && this.#layers.ask(),
      onUp: () => this.#webrtcUp(player),
      onDown: () => this.#changed({}),
      onFailed: (how) => this.#webrtcFailed(player, how),
    })
    this.#webrtc = player
    this.#meter.restart()
    this.#layer = null
    this.#layers.forget()
    former?.close()
    if (this.#video.srcObject !== this.#stream) this.#video.srcObject = this.#stream
    await this.#consume(answer.consumers)
  }

  async #consume(consumers: readonly ConsumerDto[]): Promise<void> {
    const player = this.#webrtc
    if (player === null || consumers.length === 0) return
    try {
      await player.add(consumers)
    } catch {
      if (this.#webrtc === player && this.#socket?.connected === true) this.#webrtcFailed(player, 'failed')
      return
    }
    if (this.#webrtc !== player) return
    this.#showQualities()
    await this.#screen.begin()
  }

  #askFailed({ code, retryAfter, ...failure }: RequestFailed): void {
    if (code === 'kept-out' || code === 'forbidden' || code === 'account-disabled') return this.#keptOut(banOf(failure))
    if (code === 'unsupported-codecs') this.#modeEvent({ type: 'webrtc-unsupported' })
    this.#changed({})
    if (code !== 'channel-not-found') this.#retry = setTimeout(() => void this.#ask(), retryAfter === null ? RETRY_MS : retryAfter * 1000)
  }

  /** Everything ends here; where it has a time, this page asks again when that has passed. */
  #keptOut(banned: Ban): void {
    this.#nothingPlays({ banned })
    const wait = banEndsIn(banned, Date.now() + this.#clockOffset)
    if (wait !== null) this.#retry = setTimeout(() => void this.#ask(), wait)
  }

  #nothingPlays(patch: Partial<LiveSnapshot> = {}): void {
    this.#stopMedia()
    this.#changed({ ...patch, delayMs: null, qualities: [], playingHeight: null })
  }

  /** Asks anew, for WebRTC too: this server may carry the broadcast now. */
  #askHere(): void {
    this.#modeEvent({ type: 'maybe-here' })
    void this.#ask()
  }

  #broadcastChanged(broadcast: BroadcastView): void {
    const before = this.#snapshot.broadcast
    const another = broadcast.id !== before?.id
    if (!another && before.state === 'ended') return
    this.#changed({ broadcast, viewers: broadcast.viewers })
    if (broadcast.state === 'ended') return this.#nothingPlays()
    if (another) this.#modeEvent({ type: 'broadcast-began' })
    if (another && (broadcast.ticket ?? this.#snapshot.access) !== null) return void this.#ask()
    if (this.#snapshot.access?.access === 'needed') return
    if (this.#mode.elsewhere && broadcast.state === 'live' && before?.state !== 'live') return this.#askHere()
    if (this.#mode.mode === 'hls') this.#startHls(broadcast)
    else if (this.#webrtc === null && broadcast.state === 'live') void this.#ask()
    if (before?.video?.height !== broadcast.video?.height || before?.video?.layers !== broadcast.video?.layers) this.#showQualities()
  }

  #layered(layer: number | null): void {
    this.#layer = layer
    this.#changed({ playingHeight: layer === null ? null : (this.#layers.heights[layer] ?? null) })
  }

  #webrtcUp(player: WebRtcPlayer): void {
    if (this.#webrtc !== player) return
    this.#changed({})
    clearTimeout(this.#stable)
    this.#stable = setTimeout(() => this.#modeEvent({ type: 'webrtc-stable' }), STABLE_MS)
  }

  #webrtcFailed(player: WebRtcPlayer, how: 'timed-out' | 'failed'): void {
    if (this.#webrtc !== player) return
    this.#stopWebRtc()
    this.#changed({})
    // A server that is away is no fault of WebRTC's: asking again waits for its return.
    if (this.#socket?.connected === true) this.#modeEvent({ type: how === 'timed-out' ? 'webrtc-timed-out' : 'webrtc-failed' })
    void this.#ask()
  }

  #modeEvent(event: ModeEvent): void {
    const before = this.#mode
    this.#mode = chooseMode(before, event)
    if (this.#mode !== before) this.#changed({ mode: this.#mode.mode, choice: this.#mode.choice, fallback: this.#mode.fallback })
  }

  #startHls(broadcast: BroadcastView | null): void {
    if (this.#hls !== null || broadcast === null || broadcast.state === 'ended') return
    const player = openLiveHls({
      channel: this.#options.channel,
      video: this.#video,
      onRefused: (failure) => this.#askFailed(failure),
      onQualities: (qualities) => this.#changed({ qualities }),
      onReady: () => {
        this.#changed({})
        void this.#screen.begin()
      },
      onTrouble: () => this.#changed({}),
    })
    this.#hls = player
    void player.start().catch(() => {
      if (this.#hls === player) this.#stopHls()
      this.#retry = setTimeout(() => void this.#ask(), 2 * RETRY_MS)
    })
  }

  #stopHls(): void {
    this.#hls?.close()
    this.#hls = null
  }

  #stopWebRtc(): void {
    clearTimeout(this.#stable)
    this.#webrtc?.close()
    this.#webrtc = null
  }

  #stopMedia(): void {
    this.#turn++
    this.#screen.clear()
    this.#stopHls()
    this.#stopWebRtc()
    for (const track of this.#stream.getTracks()) this.#stream.removeTrack(track)
  }

  #pictureShown(ms: number): void {
    const { firstFrameMs } = this.#snapshot
    // Joining is measured once; a change of mode is no joining.
    if (firstFrameMs === null) this.#socket?.tell('watch:joined', { mode: this.#mode.mode, firstFrameMs: Math.min(600_000, ms) })
    this.#changed({ firstFrameMs: firstFrameMs ?? ms })
  }

  #showQualities(): void {
    if (this.#mode.mode !== 'webrtc') return
    this.#changed({ qualities: this.#layers.heights.map((height, level) => ({ level, height })) })
    // The same layers of a picture of another size have other heights, and another one may fit.
    this.#layered(this.#layer)
    this.#layers.ask()
  }

  /** Measures the delay, and notices a stream that is connected but silent. */
  async #sample(): Promise<void> {
    const { broadcast } = this.#snapshot
    if (this.#closed || broadcast === null) return
    const serverNow = Date.now() + this.#clockOffset
    if (this.#hls !== null) {
      const delayMs = this.#screen.shown ? hlsDelay({ serverNow, playingDate: this.#hls.playingDate, playerLatencyMs: this.#hls.latencyMs }) : null
      return this.#changed({ delayMs, playingHeight: this.#hls.playingHeight })
    }
    const player = this.#webrtc
    const stats = await player?.stats().catch(() => null)
    if (player == null || player !== this.#webrtc || stats == null) return this.#changed({})
    const delayMs = this.#meter.take(stats, { serverNow, ingestMs: broadcast.ingestMs })
    if (player.up && broadcast.state === 'live' && this.#meter.fallsSilent()) void this.#ask()
    if (this.#screen.shown) this.#changed({ delayMs: delayMs ?? this.#snapshot.delayMs })
  }

  #changed(patch: Partial<LiveSnapshot>): void {
    const next = { ...this.#snapshot, ...patch }
    const socketUp = this.#socket?.connected === true
    const mediaUp = this.#hls !== null ? this.#hls.up : this.#webrtc !== null && (this.#meter.quietMs < FRESH_MS || (this.#webrtc.up && socketUp))
    const state = playerState({ banned: next.banned !== null, ticketNeeded: next.access?.access === 'needed', answered: this.#answered, broadcast: next.broadcast?.state ?? null, hadMedia: this.#screen.shown, mediaUp })
    const changed = { ...next, state }
    const same = sameSnapshot(changed, this.#snapshot)
    this.#snapshot = changed
    if (!same && !this.#closed) this.#options.onChange(changed)
  }
}
