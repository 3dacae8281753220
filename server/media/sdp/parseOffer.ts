// Reads a client's SDP offer. Whatever is wrong with it, the client hears `bad-request` and nothing else breaks.
import { parse } from 'sdp-transform'
import type { MediaDescription, SessionDescription } from 'sdp-transform'
import { dtlsParametersSchema } from '../../contract/media.ts'
import { AppError } from '../../core/AppError.ts'
import { parseSection } from './parseSection.ts'
import type { SdpOffer } from './SdpOffer.ts'

/** An offer of more media than this is no player's or encoder's. */
const MAX_SECTIONS = 16

type Media = SessionDescription['media'][number]

/** @throws AppError bad-request */
export function parseOffer(sdp: string): SdpOffer {
  try {
    return readOffer(sdp)
  } catch (error) {
    if (error instanceof AppError) throw error
    throw refuse('this is not a usable SDP offer', error)
  }
}

function readOffer(sdp: string): SdpOffer {
  if (!/^v=0\s*$/m.test(sdp.slice(0, 200))) throw refuse('an SDP starts with v=0')
  const session = parse(sdp)
  if (session.media.length === 0) throw refuse('the offer has no media')
  if (session.media.length > MAX_SECTIONS) throw refuse('the offer has too many media sections')
  const sections = session.media.map(parseSection)
  const mids = sections.map(({ mid }) => mid)
  if (new Set(mids).size !== mids.length) throw refuse('two media sections have the same mid')
  const bundle = (session.groups ?? []).find(({ type }) => type === 'BUNDLE')
  const bundled = bundle === undefined ? [] : String(bundle.mids).split(' ').filter((mid) => mids.includes(mid))
  // RFC 9725 section 4.4.1: everything goes over one transport.
  if (sections.filter(({ rejected }) => !rejected).length > 1 && bundled.length === 0) throw refuse('the offer must BUNDLE its media')
  const tagged = session.media[mids.indexOf(bundled[0] ?? mids[0] ?? '')]
  if (tagged === undefined) throw refuse('the offer has no media')
  return {
    sections,
    bundle: bundled.length > 0 ? bundled : mids.slice(0, 1),
    ...readDtls(session, tagged),
    ice: readIce(session, tagged),
    extmapAllowMixed: session.extmapAllowMixed !== undefined || tagged.extmapAllowMixed !== undefined,
  }
}

function readDtls(session: SessionDescription, media: Media): Pick<SdpOffer, 'dtlsParameters' | 'answerSetup'> {
  const fingerprint = media.fingerprint ?? session.fingerprint ?? session.media.find((one) => one.fingerprint !== undefined)?.fingerprint
  if (fingerprint === undefined) throw refuse('the offer has no DTLS fingerprint')
  const setup = media.setup ?? (session as Partial<MediaDescription>).setup ?? 'actpass'
  const clientIsServer = setup === 'passive'
  const dtls = dtlsParametersSchema.safeParse({
    role: clientIsServer ? 'server' : 'client',
    fingerprints: [{ algorithm: fingerprint.type.toLowerCase(), value: String(fingerprint.hash).toUpperCase() }],
  })
  if (!dtls.success) throw refuse('the offer’s DTLS fingerprint cannot be used')
  return { dtlsParameters: dtls.data, answerSetup: clientIsServer ? 'active' : 'passive' }
}

function readIce(session: SessionDescription, media: Media): SdpOffer['ice'] {
  const usernameFragment = media.iceUfrag ?? session.iceUfrag
  const password = media.icePwd ?? session.icePwd
  if (usernameFragment === undefined || password === undefined) throw refuse('the offer has no ICE credentials')
  return { usernameFragment: String(usernameFragment), password: String(password) }
}

function refuse(message: string, cause?: unknown): AppError {
  return new AppError('bad-request', { message, cause })
}
