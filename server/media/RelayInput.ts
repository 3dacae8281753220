// The bridge's way in: plain RTP ports for its ffmpeg, with producers that are ready before the first packet.
import { randomInt } from 'node:crypto'
import type { PlainTransport, Producer, Router, RtpCodecParameters } from 'mediasoup/types'
import { h264Parameters, payloadTypes } from '../../worker-config/codecs.ts'
import { internalListenInfo } from '../../worker-config/internalListenInfo.ts'
import type { RelayMedia, RelayTarget, RelayTargets } from '../contract/bridgeApi.ts'
import { firstPacket, KEY_FRAME_REQUEST_DELAY_MS } from './Source.ts'

type Kind = 'audio' | 'video'

/** Always what the bridge sends, whatever came by RTMP: that is copied or transcoded to it. */
const codecs: Record<Kind, RtpCodecParameters> = {
  video: { mimeType: 'video/H264', payloadType: payloadTypes.h264, clockRate: 90000, parameters: { ...h264Parameters }, rtcpFeedback: [] },
  audio: { mimeType: 'audio/opus', payloadType: payloadTypes.opus, clockRate: 48000, channels: 2, parameters: { useinbandfec: 1, 'sprop-stereo': 1 }, rtcpFeedback: [] },
}

export class RelayInput {
  readonly targets: RelayTargets
  readonly producers: readonly Producer[]
  readonly #transports: readonly PlainTransport[]
  readonly #flowing: Promise<boolean>

  private constructor(opened: readonly Opened[]) {
    const target = (kind: Kind) => opened.find((one) => one.producer.kind === kind)?.target ?? null
    this.targets = { video: target('video'), audio: target('audio') }
    this.producers = opened.map(({ producer }) => producer)
    this.#transports = opened.map(({ transport }) => transport)
    const flows = this.producers.map(firstPacket)
    this.#flowing = Promise.any(flows.map((one) => one.then(orReject))).catch(() => false)
  }

  static async open({ router, ip, media }: { router: Router; ip: string; media: RelayMedia }): Promise<RelayInput> {
    const kinds = (['video', 'audio'] as const).filter((kind) => media[kind] !== null)
    const settled = await Promise.allSettled(kinds.map((kind) => openStream({ router, ip, kind })))
    const opened = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    const failed = settled.find((one) => one.status === 'rejected')
    if (failed === undefined) return new RelayInput(opened)
    for (const { transport } of opened) transport.close()
    throw failed.reason
  }

  /** Resolves true when the first RTP packet of any stream has come, false when all were closed before. */
  flowing(): Promise<boolean> {
    return this.#flowing
  }

  close(): void {
    for (const transport of this.#transports) transport.close()
  }
}

type Opened = { transport: PlainTransport; producer: Producer; target: RelayTarget }

async function openStream({ router, ip, kind }: { router: Router; ip: string; kind: Kind }): Promise<Opened> {
  const transport = await router.createPlainTransport({
    listenInfo: internalListenInfo(ip),
    rtcpMux: false,
    // ffmpeg's own ports are learned from its first packets.
    comedia: true,
  })
  try {
    // ffmpeg takes -ssrc as a signed number.
    const ssrc = randomInt(1, 0x7fffffff)
    const producer = await transport.produce({
      kind,
      rtpParameters: { codecs: [structuredClone(codecs[kind])], headerExtensions: [], encodings: [{ ssrc }], rtcp: { cname: 'relay' } },
      ...(kind === 'video' ? { keyFrameRequestDelay: KEY_FRAME_REQUEST_DELAY_MS } : {}),
    })
    const rtcpPort = transport.rtcpTuple?.localPort ?? transport.tuple.localPort + 1
    return { transport, producer, target: { ip, rtpPort: transport.tuple.localPort, rtcpPort, payloadType: codecs[kind].payloadType, ssrc } }
  } catch (error) {
    transport.close()
    throw error
  }
}

function orReject(flows: boolean): boolean {
  if (!flows) throw new Error('closed before the first packet')
  return true
}
