// From a WHIP offer to what mediasoup's producers need.
import { h264Parameters } from '../../../worker-config/codecs.ts'
import { routerRtpCapabilities } from '../../../worker-config/routerRtpCapabilities.ts'
import type { RtpParametersDto } from '../../contract/media.ts'
import { AppError } from '../../core/AppError.ts'
import { bestRidsFirst } from './bestRidsFirst.ts'
import { chooseCodec } from './chooseCodec.ts'
import type { ChosenCodec } from './chooseCodec.ts'
import type { Feedback, OfferedCodec, OfferedExtension, OfferedSection, SdpOffer } from './SdpOffer.ts'

export type WhipTrack = {
  readonly kind: 'audio' | 'video'
  readonly section: OfferedSection
  readonly chosen: ChosenCodec
  readonly extensions: readonly OfferedExtension[]
  readonly feedback: readonly Feedback[]
  readonly rtpParameters: RtpParametersDto
}

/**
 * The first audio and the first video section that send something we know; further ones are refused in the answer.
 * @throws AppError bad-request when nothing is sent, unsupported-codecs when nothing of it can be used
 */
export function whipTracks(offer: SdpOffer): WhipTrack[] {
  const sending = offer.sections.filter(({ rejected, direction, type }) => !rejected && (direction === 'sendonly' || direction === 'sendrecv') && (type === 'audio' || type === 'video'))
  if (sending.length === 0) throw new AppError('bad-request', { message: 'the offer sends no audio or video' })
  const tracks = new Map<string, WhipTrack>()
  for (const section of sending) {
    const chosen = chooseCodec(section)
    if (chosen === undefined || tracks.has(section.type) || !offer.bundle.includes(section.mid)) continue
    tracks.set(section.type, whipTrack(section, chosen))
  }
  if (tracks.size === 0) throw new AppError('unsupported-codecs', { message: 'this server takes H.264 (packetization-mode=1), VP8 and Opus' })
  return [...tracks.values()]
}

function whipTrack(section: OfferedSection, chosen: ChosenCodec): WhipTrack {
  const kind = section.type as 'audio' | 'video'
  const extensions = receivable(section, kind)
  const feedback = usableFeedback(chosen, kind)
  const rtpParameters: RtpParametersDto = {
    mid: section.mid,
    codecs: [describeCodec(chosen, feedback), ...(chosen.rtx === undefined ? [] : [describeRtx(chosen.codec, chosen.rtx)])],
    headerExtensions: extensions.map(({ id, uri }) => ({ id, uri, encrypt: false, parameters: {} })),
    encodings: encodings(section, chosen),
    rtcp: { ...(section.cname === undefined ? {} : { cname: section.cname }), reducedSize: true },
  }
  return { kind, section, chosen, extensions, feedback, rtpParameters }
}

function receivable({ extensions }: OfferedSection, kind: string): OfferedExtension[] {
  const known = routerRtpCapabilities.headerExtensions ?? []
  const ours = extensions.filter(({ uri }) => known.some((one) => one.kind === kind && one.uri === uri && one.direction !== 'sendonly'))
  return ours.filter(({ id }, index) => ours.findIndex((other) => other.id === id) === index)
}

function usableFeedback({ codec }: ChosenCodec, kind: string): Feedback[] {
  const ours = routerRtpCapabilities.codecs?.find((one) => one.kind === kind)?.rtcpFeedback ?? []
  return codec.feedback.filter(({ type, parameter }) => ours.some((one) => one.type === type && (one.parameter ?? '') === parameter))
}

function describeCodec({ name, codec }: ChosenCodec, feedback: readonly Feedback[]): Record<string, unknown> {
  const common = { payloadType: codec.payloadType, clockRate: codec.clockRate, rtcpFeedback: feedback }
  if (name === 'opus') return { ...common, mimeType: 'audio/opus', channels: 2, parameters: numeric(codec.fmtp) }
  // Whatever profile was declared, the router and its viewers know one name for it.
  if (name === 'h264') return { ...common, mimeType: 'video/H264', parameters: { ...h264Parameters } }
  return { ...common, mimeType: 'video/VP8', parameters: {} }
}

function describeRtx(codec: OfferedCodec, rtx: OfferedCodec): Record<string, unknown> {
  return { mimeType: 'video/rtx', payloadType: rtx.payloadType, clockRate: codec.clockRate, parameters: { apt: codec.payloadType }, rtcpFeedback: [] }
}

/** mediasoup wants the smallest layer first. */
function encodings({ sendRids, ssrcs }: OfferedSection, { rtx }: ChosenCodec): Record<string, unknown>[] {
  if (sendRids.length > 0) return bestRidsFirst(sendRids).toReversed().map((rid) => ({ rid }))
  const [ssrc, rtxSsrc] = ssrcs
  if (ssrc === undefined) return [{}]
  return [{ ssrc, ...(rtx === undefined || rtxSsrc === undefined ? {} : { rtx: { ssrc: rtxSsrc } }) }]
}

function numeric(fmtp: Readonly<Record<string, string>>): Record<string, string | number> {
  return Object.fromEntries(Object.entries(fmtp).map(([name, value]) => [name, /^\d{1,9}$/.test(value) ? Number(value) : value]))
}
