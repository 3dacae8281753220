// Reads one media section of an offer.
import type { SessionDescription } from 'sdp-transform'
import { AppError } from '../../core/AppError.ts'
import type { OfferedCodec, OfferedRid, OfferedSection } from './SdpOffer.ts'

type Media = SessionDescription['media'][number] & { bundleOnly?: string }

/** @throws AppError bad-request */
export function parseSection(media: Media, index: number): OfferedSection {
  // A section without mid is only legal outside a BUNDLE; it gets its place as a name.
  const mid = media.mid === undefined ? String(index) : String(media.mid)
  if (!/^[\x21-\x7e]{1,32}$/.test(mid)) throw new AppError('bad-request', { message: 'a media section has an unusable mid' })
  return {
    type: media.type,
    mid,
    protocol: media.protocol,
    direction: media.direction ?? 'sendrecv',
    rejected: media.port === 0 && media.bundleOnly === undefined,
    payloads: String(media.payloads ?? ''),
    codecs: readCodecs(media),
    extensions: (media.ext ?? []).flatMap(({ value, uri }) => (isWhole(value, 1, 255) && typeof uri === 'string' ? [{ id: value, uri }] : [])),
    sendRids: readRids(media),
    ssrcs: readSsrcs(media),
    cname: media.ssrcs?.find(({ attribute }) => attribute === 'cname')?.value?.toString(),
  }
}

function readCodecs({ payloads, rtp, fmtp, rtcpFb }: Media): OfferedCodec[] {
  const order = String(payloads ?? '').split(' ').map(Number)
  return order.flatMap((payloadType) => {
    const line = rtp.find(({ payload }) => payload === payloadType)
    if (line === undefined || !isWhole(payloadType, 0, 127) || !isWhole(line.rate, 1, 1_000_000)) return []
    const feedback = (rtcpFb ?? []).filter(({ payload }) => String(payload) === '*' || Number(payload) === payloadType)
    return {
      payloadType,
      name: String(line.codec).toLowerCase(),
      clockRate: line.rate,
      channels: line.encoding === undefined ? 1 : Number(line.encoding),
      fmtp: readFmtp(fmtp.find(({ payload }) => payload === payloadType)?.config ?? ''),
      feedback: feedback.map(({ type, subtype }) => ({ type: String(type), parameter: subtype === undefined ? '' : String(subtype) })),
    }
  })
}

/** By hand, because profile-level-id must stay text (`420029` is no number). */
function readFmtp(config: string): Record<string, string> {
  const pairs = config.split(';').map((pair) => pair.trim()).filter(Boolean)
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=')
      return at < 0 ? [pair.toLowerCase(), ''] : [pair.slice(0, at).trim().toLowerCase(), pair.slice(at + 1).trim()]
    }),
  )
}

/** RFC 8853: `a=simulcast:send hi;mid;~low` (alternatives by comma: the first of each is taken; ~ is paused). */
function readRids({ simulcast, rids }: Media): OfferedRid[] {
  if (simulcast === undefined) return []
  const list = simulcast.dir1 === 'send' ? simulcast.list1 : simulcast.dir2 === 'send' ? (simulcast.list2 ?? '') : ''
  const declared = new Map((rids ?? []).filter(({ direction }) => direction === 'send').map(({ id, params }) => [String(id), params ?? '']))
  const named = String(list)
    .split(';')
    .map((alternatives) => alternatives.split(',')[0]?.trim() ?? '')
    .filter((rid) => !rid.startsWith('~') && declared.has(rid))
  return [...new Set(named)].map((rid) => ({ rid, params: declared.get(rid) ?? '' }))
}

function readSsrcs({ ssrcs, ssrcGroups }: Media): number[] {
  const group = ssrcGroups?.find(({ semantics }) => semantics === 'FID')
  const listed = group === undefined ? (ssrcs ?? []).slice(0, 1).map(({ id }) => Number(id)) : String(group.ssrcs).split(' ').map(Number)
  return listed.filter((ssrc) => isWhole(ssrc, 1, 0xffffffff)).slice(0, 2)
}

function isWhole(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
}
