// Writes the SDP answer of WHIP and WHEP from what was agreed.
import { write } from 'sdp-transform'
import type { SessionDescription } from 'sdp-transform'
import type { TransportDto } from '../../contract/media.ts'
import type { ChosenCodec } from './chooseCodec.ts'
import type { Feedback, OfferedCodec, OfferedExtension, OfferedSection, SdpOffer } from './SdpOffer.ts'

/** One section we take part in. */
export type AnsweredSection = {
  readonly section: OfferedSection
  readonly chosen: ChosenCodec
  readonly withRtx: boolean
  readonly extensions: readonly OfferedExtension[]
  readonly feedback: readonly Feedback[]
  /** What the stream sent to a player carries; absent when we receive. */
  readonly sends?: { readonly ssrc: number; readonly cname: string; readonly stream: string }
}

type Media = SessionDescription['media'][number]
type Options = { readonly offer: SdpOffer; readonly transport: TransportDto; readonly answered: readonly AnsweredSection[] }

/** Sections of the offer that are not answered are refused with port 0, in their place (RFC 3264 section 6). */
export function writeAnswer({ offer, transport, answered }: Options): string {
  const media = offer.sections.map((section) => {
    const one = answered.find((candidate) => candidate.section === section)
    if (one !== undefined) return accepted(one, offer, transport)
    return carriesTransport(section, offer) ? idle(section, offer, transport) : refused(section, offer, transport)
  })
  const bundle = media.filter(({ port }) => port !== 0).map(({ mid }) => mid)
  return write({
    version: 0,
    origin: { username: '-', sessionId: String(Date.now()), sessionVersion: 1, netType: 'IN', ipVer: 4, address: '127.0.0.1' },
    name: '-',
    timing: { start: 0, stop: 0 },
    groups: [{ type: 'BUNDLE', mids: bundle.join(' ') }],
    ...(offer.extmapAllowMixed ? { extmapAllowMixed: 'extmap-allow-mixed' } : {}),
    msidSemantic: { semantic: 'WMS', token: '*' },
    icelite: 'ice-lite',
    media,
  })
}

/**
 * The bundle's first section, whose transport the others share (RFC 9143 section 7.2). GStreamer 1.22 never connects when it is refused:
 * so it stays, inactive.
 */
function carriesTransport({ mid, type, rejected, codecs }: OfferedSection, { bundle }: SdpOffer): boolean {
  return mid === bundle[0] && bundle.length > 1 && !rejected && codecs.length > 0 && (type === 'audio' || type === 'video')
}

function idle({ type, protocol, mid, codecs }: OfferedSection, offer: SdpOffer, transport: TransportDto): Media {
  const first = codecs.slice(0, 1)
  const fmtp = first.flatMap(({ payloadType, fmtp }) => writeFmtp(payloadType, fmtp))
  const common = { type, port: 9, protocol, payloads: String(first[0]?.payloadType), mid, rtp: first.map(describeRtp), fmtp, rtcpMux: 'rtcp-mux' as const }
  return { ...common, direction: 'inactive', connection: { version: 4, ip: '0.0.0.0' }, ...describeTransport(offer, transport), candidates: transport.iceCandidates.map(describeCandidate) }
}

/** GStreamer 1.22 drops the whole answer when one section, be it a refused one, lacks the transport's attributes; others skip them. */
function refused({ type, mid, protocol, payloads }: OfferedSection, offer: SdpOffer, transport: TransportDto): Media {
  const common = { type, port: 0, protocol, payloads: payloads === '' ? '0' : payloads, mid, rtp: [], fmtp: [] }
  return { ...common, direction: 'inactive', connection: { version: 4, ip: '0.0.0.0' }, ...describeTransport(offer, transport) }
}

function describeTransport({ answerSetup }: SdpOffer, { iceParameters, dtlsParameters: { fingerprints } }: TransportDto): Partial<Media> {
  const fingerprint = fingerprints.find(({ algorithm }) => algorithm === 'sha-256') ?? fingerprints[0]
  return {
    iceUfrag: iceParameters.usernameFragment,
    icePwd: iceParameters.password,
    ...(fingerprint === undefined ? {} : { fingerprint: { type: fingerprint.algorithm, hash: fingerprint.value } }),
    setup: answerSetup,
  }
}

function accepted(one: AnsweredSection, offer: SdpOffer, transport: TransportDto): Media {
  const { section, chosen, extensions, sends } = one
  const codecs = [chosen.codec, ...(one.withRtx && chosen.rtx !== undefined ? [chosen.rtx] : [])]
  return {
    type: section.type,
    port: 9,
    protocol: section.protocol,
    payloads: codecs.map(({ payloadType }) => payloadType).join(' '),
    connection: { version: 4, ip: '0.0.0.0' },
    mid: section.mid,
    direction: sends === undefined ? 'recvonly' : 'sendonly',
    ...describeTransport(offer, transport),
    candidates: transport.iceCandidates.map(describeCandidate),
    endOfCandidates: 'end-of-candidates',
    rtp: codecs.map(describeRtp),
    fmtp: codecs.flatMap((codec) => describeFmtp(codec, one)),
    rtcpFb: one.feedback.map(({ type, parameter }) => ({ payload: chosen.codec.payloadType, type, ...(parameter === '' ? {} : { subtype: parameter }) })),
    ext: extensions.map(({ id, uri }) => ({ value: id, uri })),
    rtcpMux: 'rtcp-mux',
    rtcpRsize: 'rtcp-rsize',
    ...(sends === undefined ? acceptRids(section) : describeStream(sends, section.type)),
  }
}

/** RFC 8853 section 5.3.2: what the client sends, we receive. */
function acceptRids({ sendRids }: OfferedSection): Partial<Media> {
  if (sendRids.length === 0) return {}
  const ids = sendRids.map(({ rid }) => rid)
  return { rids: ids.map((id) => ({ id, direction: 'recv' })), simulcast: { dir1: 'recv', list1: ids.join(';') } }
}

function describeStream({ ssrc, cname, stream }: NonNullable<AnsweredSection['sends']>, type: string): Partial<Media> {
  const ssrcs = [{ id: ssrc, attribute: 'cname', value: cname }, { id: ssrc, attribute: 'msid', value: `${stream} ${type}` }]
  return { msid: [{ id: stream, appdata: type }], ssrcs }
}

/** Kilobits a second a Chromium encoder starts at; others do not know the word. Its own 300 leave a picture blurred for many seconds. */
const START_KBPS = '1500'

function describeFmtp(codec: OfferedCodec, { chosen: { name }, sends }: AnsweredSection): { payload: number; config: string }[] {
  const fmtp: Record<string, string> = { ...codec.fmtp }
  if (sends === undefined && (codec.name === 'h264' || codec.name === 'vp8')) fmtp['x-google-start-bitrate'] = START_KBPS
  // Both sides may then send at the level they like (RFC 6184 section 8.2.2).
  if (codec.name === 'h264') fmtp['level-asymmetry-allowed'] = '1'
  if (name === 'opus') Object.assign(fmtp, { useinbandfec: '1', stereo: '1', 'sprop-stereo': '1' })
  return writeFmtp(codec.payloadType, fmtp)
}

function writeFmtp(payload: number, fmtp: Readonly<Record<string, string>>): { payload: number; config: string }[] {
  const config = Object.entries(fmtp).map(([key, value]) => (value === '' ? key : `${key}=${value}`)).join(';')
  return config === '' ? [] : [{ payload, config }]
}

function describeRtp({ payloadType, name, clockRate, channels }: OfferedCodec): Media['rtp'][number] {
  return { payload: payloadType, codec: sdpName(name), rate: clockRate, ...(channels > 1 ? { encoding: channels } : {}) }
}

function describeCandidate(candidate: Readonly<Record<string, unknown>>): NonNullable<Media['candidates']>[number] {
  const { foundation, priority, address, protocol, port, tcpType } = candidate as { foundation: string; priority: number; address: string; protocol: string; port: number; tcpType?: string }
  return { foundation, component: 1, transport: protocol, priority, ip: address, port, type: 'host', ...(tcpType === undefined ? {} : { tcptype: tcpType }) }
}

function sdpName(name: string): string {
  return name === 'h264' || name === 'vp8' ? name.toUpperCase() : name
}
