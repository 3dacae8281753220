// Sends the host's tracks to the server over WebRTC: codec, layers, muting, swapping, and the way back after a loss.
import type { types } from 'mediasoup-client'
import type { LiveSocket } from '../client/LiveSocket.ts'
import { RequestFailed } from '../client/RequestFailed.ts'
import { chooseVideoCodec } from './chooseVideoCodec.ts'
import { readOutgoingStats } from './readOutgoingStats.ts'
import type { OutgoingStats, OutgoingTotals } from './readOutgoingStats.ts'
import { SentSize } from './SentSize.ts'
import { simulcastEncodings } from './simulcastEncodings.ts'

const RETRY_MS = 500
const DISCONNECTED_MS = 1_500

export type OutgoingMedia = {
  readonly video: MediaStreamTrack | null
  readonly audio: MediaStreamTrack | null
  readonly screen: boolean
  /** Keep the screen's text sharp rather than its motion smooth. */
  readonly sharp: boolean
  readonly kbps: number
  readonly music: boolean
}

export type PublisherState = 'idle' | 'starting' | 'live' | 'reconnecting' | 'replaced' | 'stopped' | 'failed'

export type PublisherSnapshot = { readonly state: PublisherState; readonly failure: RequestFailed | null; readonly micMuted: boolean; readonly picturePaused: boolean; readonly stats: OutgoingStats | null }

export const idlePublisher: PublisherSnapshot = { state: 'idle', failure: null, micMuted: false, picturePaused: false, stats: null }

type Options = {
  readonly channel: string
  readonly socket: LiveSocket
  readonly device: types.Device
  readonly media: OutgoingMedia
  readonly onChange: (snapshot: PublisherSnapshot) => void
}

const videoSize = ({ video }: OutgoingMedia) => {
  const { width = 0, height = 0 } = video?.getSettings() ?? {}
  return { width: Math.round(width), height: Math.round(height) }
}
const encodingsOf = (media: OutgoingMedia) => simulcastEncodings({ ...videoSize(media), maxBitrate: media.kbps * 1000 })
/** What of the media decides how a producer is made: another value needs a new producer, a mere track is swapped. */
const videoMake = (media: OutgoingMedia) => `${media.screen} ${encodingsOf(media).length}`
const audioMake = ({ music }: OutgoingMedia) => String(music)

export class BrowserPublisher {
  readonly #options: Options
  readonly #undo: (() => void)[] = []
  readonly #size: SentSize
  #media: OutgoingMedia
  #snapshot: PublisherSnapshot = { ...idlePublisher, state: 'starting' }
  #transport: types.Transport | null = null
  #video: types.Producer | null = null
  #audio: types.Producer | null = null
  #madeVideo = ''
  #madeAudio = ''
  #totals: OutgoingTotals | null = null
  #turn = 0
  #retry: ReturnType<typeof setTimeout> | undefined
  #work: Promise<void> = Promise.resolve()
  #closed = false

  constructor(options: Options) {
    this.#options = options
    this.#media = options.media
    this.#size = new SentSize((size) => options.socket.request('publish:sized', size))
  }

  start(): void {
    const { socket } = this.#options
    const networkChanged = () => this.#transport !== null && void this.#restartIce(this.#transport)
    window.addEventListener('online', networkChanged)
    const sampler = setInterval(() => void this.#sample(), 1_000)
    this.#undo.push(
      () => clearInterval(sampler),
      () => window.removeEventListener('online', networkChanged),
      socket.onConnect(() => void this.#publish()),
      socket.onDisconnect(() => this.#lost()),
      socket.on('publish:closed', ({ reason }) => {
        if (reason === 'replaced' || reason === 'stopped') this.#over(reason)
        else void this.#publish()
      }),
    )
  }

  /** Swaps devices, size or music mode while live. */
  setMedia(media: OutgoingMedia): void {
    this.#media = media
    this.#later(() => this.#send())
  }

  setMicMuted(muted: boolean): void {
    this.#changed({ micMuted: muted })
    this.#later(() => this.#pause(this.#audio, muted))
  }

  setPicturePaused(paused: boolean): void {
    this.#changed({ picturePaused: paused })
    this.#later(() => this.#pause(this.#video, paused))
  }

  /** Ends the broadcast for everyone. @throws RequestFailed when the server does not hear of it. */
  async end(): Promise<void> {
    await this.#options.socket.request('publish:end', {})
    this.#over('stopped')
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    clearTimeout(this.#retry)
    for (const undo of this.#undo) undo()
    this.#dropTransport()
  }

  /** Asks for a transport and sends everything on it: at the start and after every loss. */
  async #publish(): Promise<void> {
    const { socket, channel, device } = this.#options
    if (this.#closed || !socket.connected) return
    clearTimeout(this.#retry)
    const turn = ++this.#turn
    this.#dropTransport()
    try {
      const { transport: given } = await socket.request('publish', { channel })
      if (this.#closed || turn !== this.#turn) return
      const transport = device.createSendTransport({
        id: given.id,
        iceParameters: given.iceParameters,
        iceCandidates: given.iceCandidates as unknown as types.IceCandidate[],
        dtlsParameters: given.dtlsParameters as types.DtlsParameters,
      })
      this.#transport = transport
      this.#wire(transport)
      await this.#enqueue(() => this.#send())
      if (this.#transport === transport) this.#changed({ state: 'live', failure: null })
    } catch (thrown) {
      if (!this.#closed && turn === this.#turn) this.#failed(thrown)
    }
  }

  #wire(transport: types.Transport): void {
    const { socket } = this.#options
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      socket.request('publish:connect', { dtlsParameters }).then(() => done(), failed)
    })
    transport.on('produce', ({ kind, rtpParameters }, done, failed) => {
      const size = videoSize(this.#media)
      if (kind === 'video') this.#size.toldWith(size)
      socket.request('publish:produce', { kind, rtpParameters: rtpParameters as never, ...(kind === 'video' && size.width > 0 ? size : {}) }).then(({ producerId }) => done({ id: producerId }), failed)
    })
    transport.on('connectionstatechange', (state) => {
      if (this.#transport !== transport) return
      if (state === 'connected' && this.#snapshot.state === 'reconnecting') this.#changed({ state: 'live' })
      if (state !== 'disconnected' && state !== 'failed') return
      this.#changed({ state: 'reconnecting' })
      clearTimeout(this.#retry)
      this.#retry = setTimeout(() => transport.connectionState !== 'connected' && void this.#restartIce(transport), state === 'failed' ? 0 : DISCONNECTED_MS)
    })
  }

  async #restartIce(transport: types.Transport): Promise<void> {
    const { socket } = this.#options
    if (this.#transport !== transport || !socket.connected) return
    try {
      const { iceParameters } = await socket.requestSoon('publish:restart-ice', {})
      if (this.#transport === transport) await transport.restartIce({ iceParameters })
    } catch (thrown) {
      // An unheard server is asked again by `onConnect`.
      const { code } = RequestFailed.from(thrown)
      if (code !== 'timeout' && code !== 'network' && this.#transport === transport) await this.#publish()
    }
  }

  /** Makes what goes out equal to what the host chose. */
  async #send(): Promise<void> {
    const transport = this.#transport
    if (transport === null || transport.closed) return
    const { video, audio } = this.#media
    const videoKey = videoMake(this.#media)
    const audioKey = audioMake(this.#media)
    if (this.#audio !== null && (audio === null || audioKey !== this.#madeAudio)) this.#audio = this.#stop(this.#audio)
    if (this.#video !== null && (video === null || videoKey !== this.#madeVideo)) this.#video = this.#stop(this.#video)
    if (audio !== null) {
      if (this.#audio === null) this.#audio = await this.#produceAudio(transport, audio)
      else if (this.#audio.track !== audio) await this.#audio.replaceTrack({ track: audio })
      this.#madeAudio = audioKey
    }
    if (video !== null) {
      if (this.#video === null) this.#video = await this.#produceVideo(transport, video)
      else {
        if (this.#video.track !== video) await this.#video.replaceTrack({ track: video })
        await this.#tune(this.#video)
      }
      this.#madeVideo = videoKey
      await this.#size.tell(videoSize(this.#media))
    }
    if (this.#snapshot.micMuted) await this.#pause(this.#audio, true)
    if (this.#snapshot.picturePaused) await this.#pause(this.#video, true)
  }

  #produceAudio(transport: types.Transport, track: MediaStreamTrack): Promise<types.Producer> {
    const { music } = this.#media
    // No DTX for voices either: its gaps would have to be filled again for HLS and recordings.
    return transport.produce({
      track,
      stopTracks: false,
      codecOptions: { opusStereo: music, opusDtx: false, opusFec: true, opusMaxAverageBitrate: music ? 192_000 : 64_000, opusMaxPlaybackRate: 48_000 },
    })
  }

  async #produceVideo(transport: types.Transport, track: MediaStreamTrack): Promise<types.Producer> {
    const { kbps } = this.#media
    const producer = await transport.produce({
      track,
      stopTracks: false,
      encodings: encodingsOf(this.#media) as types.RtpEncodingParameters[],
      codec: chooseVideoCodec(this.#options.device.sendRtpCapabilities.codecs ?? []),
      codecOptions: { videoGoogleStartBitrate: Math.min(kbps, 1_500) },
    })
    await this.#tune(producer)
    return producer
  }

  /** Bitrates and what suffers first, changed without a new negotiation. */
  async #tune({ rtpSender: sender }: types.Producer): Promise<void> {
    if (sender === undefined) return
    const { screen, sharp } = this.#media
    const wanted = encodingsOf(this.#media)
    const parameters = sender.getParameters() as RTCRtpSendParameters & { degradationPreference?: string }
    parameters.degradationPreference = screen && sharp ? 'maintain-resolution' : screen ? 'balanced' : 'maintain-framerate'
    parameters.encodings.forEach((encoding, index) => {
      encoding.maxBitrate = wanted[index]?.maxBitrate ?? encoding.maxBitrate
    })
    // Older browsers refuse what they do not know; the stream goes on as it was.
    await sender.setParameters(parameters).catch(() => undefined)
  }

  #stop(producer: types.Producer): null {
    producer.close()
    this.#options.socket.tell('publish:close-producer', { producerId: producer.id })
    return null
  }

  async #pause(producer: types.Producer | null, paused: boolean): Promise<void> {
    if (producer === null || producer.closed || producer.paused === paused) return
    if (paused) producer.pause()
    else producer.resume()
    await this.#options.socket.request('publish:pause', { producerId: producer.id, paused })
  }

  async #sample(): Promise<void> {
    const transport = this.#transport
    if (transport === null || transport.closed || this.#snapshot.state !== 'live') return
    const report = await transport.getStats()
    if (this.#transport !== transport) return
    // A camera set to another resolution, a shared window and a turned phone change their size on the same track.
    if (this.#video !== null && videoMake(this.#media) !== this.#madeVideo) this.#later(() => this.#send())
    else if (this.#video !== null) void this.#size.tell(videoSize(this.#media))
    const stats = readOutgoingStats(report.values() as Iterable<Record<string, unknown>>, this.#totals, performance.now())
    this.#totals = stats.totals
    this.#changed({ stats })
  }

  #lost(): void {
    if (this.#snapshot.state === 'live' || this.#snapshot.state === 'starting') this.#changed({ state: 'reconnecting' })
  }

  /** Being refused is final; anything else is tried again. */
  #failed(thrown: unknown): void {
    const failure = RequestFailed.from(thrown)
    const final = ['not-logged-in', 'forbidden', 'account-disabled', 'channel-not-found', 'unsupported-codecs', 'bad-request', 'unknown'].includes(failure.code)
    if (final) {
      // The console keeps what the page has no words for.
      if (failure.code === 'unknown') reportError(thrown)
      this.#dropTransport()
      this.#changed({ state: 'failed', failure })
      return
    }
    this.#changed({ state: 'reconnecting', failure })
    this.#retry = setTimeout(() => void this.#publish(), RETRY_MS)
  }

  #over(state: 'replaced' | 'stopped'): void {
    this.#turn++
    this.#changed({ state, stats: null })
    this.close()
  }

  #dropTransport(): void {
    this.#transport?.close()
    this.#transport = null
    this.#video = null
    this.#audio = null
    this.#totals = null
  }

  /** One change at a time; a failed one does not stop the next. */
  #enqueue(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(work)
    this.#work = done.catch(() => undefined)
    return done
  }

  #later(work: () => Promise<void>): void {
    void this.#enqueue(work).catch((thrown: unknown) => {
      if (this.#snapshot.state === 'live') this.#changed({ failure: RequestFailed.from(thrown) })
    })
  }

  #changed(patch: Partial<PublisherSnapshot>): void {
    if (this.#closed) return
    this.#snapshot = { ...this.#snapshot, ...patch }
    this.#options.onChange(this.#snapshot)
  }
}
