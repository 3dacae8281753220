// Browser and WHIP sources: takes the RTP that a worker sends, and makes the FLV tags the rest of the bridge lives on.
import type { PackagingRequest, PackagingTargets, RtpTrack } from '../../server/contract/bridgeApi.ts'
import type { FlvTag } from '../flv/FlvTag.ts'
import type { Log } from '../Log.ts'
import { H264Depacketizer } from './H264Depacketizer.ts'
import { H264Tags } from './H264Tags.ts'
import { ReorderBuffer } from './ReorderBuffer.ts'
import { RtpClock } from './RtpClock.ts'
import { parseRtpPacket } from './rtpPacket.ts'
import { RtpPorts } from './RtpPorts.ts'
import { TrackTranscoder } from './TrackTranscoder.ts'
import { Vp8Depacketizer } from './Vp8Depacketizer.ts'

export type RtpIngestOptions = {
  readonly host: string
  readonly request: Pick<PackagingRequest, 'video' | 'audio'>
  readonly log: Log
  readonly onTag: (tag: FlvTag) => void
  readonly onRestart?: () => void
  readonly onGiveUp: (reason: string) => void
}

type FrameHandler = { push(packet: Parameters<Vp8Depacketizer['push']>[0], lost: boolean): void }

const REORDER_CHECK_MS = 50

/**
 * Depacketizes here and not in ffmpeg: the ports listen at once, a paused track never holds up the other, both share a
 * clock, and a changed picture size becomes a new sequence header. Only Opus and VP8 go through an ffmpeg each.
 */
export class RtpIngest {
  readonly #options: RtpIngestOptions
  readonly #startedAt = performance.now()
  readonly #ports: RtpPorts[] = []
  readonly #transcoders: TrackTranscoder[] = []
  readonly #timers: NodeJS.Timeout[] = []
  #closed = false

  constructor(options: RtpIngestOptions) {
    this.#options = options
  }

  /** Resolves with the ports once they listen; close it when it rejects. */
  async open(): Promise<PackagingTargets> {
    const { host, request } = this.#options
    const video = request.video && (await this.#listen(request.video, this.#videoHandler(request.video)))
    const audio = request.audio && (await this.#listen(request.audio, this.#opusHandler(request.audio)))
    return { ip: host, video, audio }
  }

  /** Process ids of its ffmpegs, for tests and logs. */
  get pids(): number[] {
    return this.#transcoders.flatMap(({ pid }) => pid ?? [])
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const timer of this.#timers) clearInterval(timer)
    for (const ports of this.#ports.splice(0)) ports.close()
    await Promise.all(this.#transcoders.map((transcoder) => transcoder.close()))
  }

  async #listen(track: RtpTrack, handler: FrameHandler): Promise<{ rtpPort: number; rtcpPort: number }> {
    const reorder = new ReorderBuffer({ onPacket: (packet, lost) => handler.push(packet, lost) })
    this.#timers.push(setInterval(() => reorder.check(), REORDER_CHECK_MS))
    const ports = await RtpPorts.open({
      host: this.#options.host,
      onRtp: (bytes) => {
        const packet = parseRtpPacket(bytes)
        if (packet && !this.#closed && packet.ssrc === track.ssrc && packet.payloadType === track.payloadType) reorder.push(packet)
      },
      onError: (error) => this.#options.log.warn({ error: error.message }, 'RTP port failed'),
    })
    this.#ports.push(ports)
    return { rtpPort: ports.rtpPort, rtcpPort: ports.rtcpPort }
  }

  #videoHandler(track: RtpTrack): FrameHandler {
    const clock = new RtpClock(track.clockRate)
    if (track.codec === 'vp8') return this.#vp8Handler(clock)
    const tags = new H264Tags()
    return new H264Depacketizer((unit) => {
      for (const tag of tags.convert(unit, clock.map(unit.timestamp, this.#now()))) this.#emit(tag)
    })
  }

  #vp8Handler(clock: RtpClock): FrameHandler {
    let transcoder: TrackTranscoder | undefined
    return new Vp8Depacketizer((frame) => {
      if (!transcoder && frame.size) transcoder = this.#transcoder({ kind: 'video', codecId: 'V_VP8', ...frame.size })
      transcoder?.push(clock.map(frame.timestamp, this.#now()), frame.keyframe, frame.data)
    })
  }

  #opusHandler(track: RtpTrack): FrameHandler {
    const clock = new RtpClock(track.clockRate)
    const channels = track.channels ?? 2
    const transcoder = this.#transcoder({ kind: 'audio', codecId: 'A_OPUS', codecPrivate: opusHead(channels), sampleRate: 48_000, channels })
    return { push: ({ payload, timestamp }) => transcoder.push(clock.map(timestamp, this.#now()), true, payload) }
  }

  #transcoder(track: ConstructorParameters<typeof TrackTranscoder>[0]['track']): TrackTranscoder {
    const { log, onRestart, onGiveUp } = this.#options
    const transcoder = new TrackTranscoder({ track, log, onTag: (tag) => this.#emit(tag), onRestart, onGiveUp })
    this.#transcoders.push(transcoder)
    return transcoder
  }

  #emit(tag: FlvTag): void {
    if (!this.#closed) this.#options.onTag(tag)
  }

  /** A second ahead of zero, so that an encoder's priming never falls below it. */
  #now(): number {
    return performance.now() - this.#startedAt + 1_000
  }
}

/** The identification header of Ogg Opus (RFC 7845 section 5.1), which Matroska stores as private data. */
function opusHead(channels: number): Buffer {
  const head = Buffer.alloc(19)
  head.write('OpusHead', 'latin1')
  head.writeUInt8(1, 8)
  head.writeUInt8(channels, 9)
  head.writeUInt32LE(48_000, 12)
  return head
}
