// From a WHEP offer to what a viewer needs: which sections can be served, in the player's own payload types.
import type { CodecPayloadTypes } from '../../../worker-config/codecs.ts'
import { h264Parameters } from '../../../worker-config/codecs.ts'
import { routerRtpCapabilities } from '../../../worker-config/routerRtpCapabilities.ts'
import type { RtpCapabilitiesDto } from '../../contract/media.ts'
import { AppError } from '../../core/AppError.ts'
import type { RoomSources } from '../RoomSources.ts'
import { chooseCodec } from './chooseCodec.ts'
import type { ChosenCodec } from './chooseCodec.ts'
import type { Feedback, OfferedExtension, OfferedSection, SdpOffer } from './SdpOffer.ts'

export type WhepTrack = {
  readonly kind: 'audio' | 'video'
  readonly section: OfferedSection
  readonly chosen: ChosenCodec
  readonly extensions: readonly OfferedExtension[]
  readonly feedback: readonly Feedback[]
}

export type WhepPlan = {
  readonly tracks: readonly WhepTrack[]
  readonly payloadTypes: CodecPayloadTypes
  readonly rtpCapabilities: RtpCapabilitiesDto
}

/**
 * @throws AppError bad-request when the offer sends media or receives none, unsupported-codecs when it can receive none of the sources
 */
export function planWhep(offer: SdpOffer, sources: RoomSources): WhepPlan {
  const open = offer.sections.filter(({ rejected, type }) => !rejected && (type === 'audio' || type === 'video'))
  // draft-ietf-wish-whep section 4.2: the player offers to receive only.
  if (open.some(({ direction }) => direction === 'sendonly' || direction === 'sendrecv')) throw new AppError('bad-request', { message: 'a player’s offer must be recvonly' })
  const receiving = open.filter(({ direction, mid }) => direction === 'recvonly' && offer.bundle.includes(mid))
  if (receiving.length === 0) throw new AppError('bad-request', { message: 'the offer receives no audio or video' })
  const tracks = (['audio', 'video'] as const).flatMap((kind) => firstOf(receiving, kind, sources) ?? [])
  if (tracks.length === 0) throw new AppError('unsupported-codecs', { message: 'the offer has none of this broadcast’s codecs' })
  const payloadTypes = Object.fromEntries(tracks.map(({ chosen }) => [chosen.name, chosen.codec.payloadType]))
  return { tracks, payloadTypes, rtpCapabilities: { codecs: tracks.map(capability), headerExtensions: tracks.flatMap(capableExtensions) } }
}

function firstOf(sections: readonly OfferedSection[], kind: 'audio' | 'video', sources: RoomSources): WhepTrack | undefined {
  const codec = sources[kind]?.codec
  if (codec === undefined) return undefined
  for (const section of sections) {
    const chosen = section.type === kind ? chooseCodec(section, [codec]) : undefined
    if (chosen !== undefined) return { kind, section, chosen, extensions: sendable(section, kind), feedback: usableFeedback(chosen, kind) }
  }
  return undefined
}

/** The worker writes header extensions under ids of its own, so that only those which the player happens to number alike can be agreed on. */
function sendable({ extensions }: OfferedSection, kind: string): OfferedExtension[] {
  const ours = (routerRtpCapabilities.headerExtensions ?? []).filter((one) => one.kind === kind && one.direction === 'sendrecv')
  return extensions.filter(({ id, uri }) => ours.some((one) => one.uri === uri && one.preferredId === id))
}

/** Without its header extension, bandwidth feedback would be of no use. */
function usableFeedback({ codec }: ChosenCodec, kind: string): Feedback[] {
  const ours = kind === 'audio' ? ['nack '] : ['nack ', 'nack pli', 'ccm fir']
  return codec.feedback.filter(({ type, parameter }) => ours.includes(`${type} ${parameter}`))
}

function capability({ kind, chosen, feedback }: WhepTrack): Record<string, unknown> {
  const common = { kind, preferredPayloadType: chosen.codec.payloadType, clockRate: chosen.codec.clockRate, rtcpFeedback: feedback }
  if (chosen.name === 'opus') return { ...common, mimeType: 'audio/opus', channels: 2, parameters: {} }
  if (chosen.name === 'h264') return { ...common, mimeType: 'video/H264', parameters: { ...h264Parameters } }
  return { ...common, mimeType: 'video/VP8', parameters: {} }
}

function capableExtensions({ kind, extensions }: WhepTrack): Record<string, unknown>[] {
  return extensions.map(({ id, uri }) => ({ kind, uri, preferredId: id, preferredEncrypt: false, direction: 'sendrecv' }))
}
