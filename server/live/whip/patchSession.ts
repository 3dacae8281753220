// PATCH on a session: trickled candidates and ICE restarts (RFC 9725 section 4.3).
import type { Request, Response } from 'express'
import { AppError } from '../../core/AppError.ts'
import { Refusal } from './answerRefusal.ts'
import { mediaType } from './readOffer.ts'
import type { SdpSession } from './SdpSession.ts'

export const FRAGMENT_TYPE = 'application/trickle-ice-sdpfrag'

type Held = { readonly session: SdpSession; etag: string }

/**
 * Candidates are welcome and not needed: mediasoup is ICE lite and learns addresses from the client's checks.
 * @throws Refusal, AppError
 */
export async function patchSession({ req, res, held, newEtag }: { req: Request; res: Response; held: Held; newEtag: () => string }): Promise<void> {
  if (mediaType(req) !== FRAGMENT_TYPE) throw new AppError('unsupported-media-type', { message: `send ${FRAGMENT_TYPE}` })
  const ifMatch = req.headers['if-match']
  if (ifMatch === undefined) throw new Refusal(428, new AppError('bad-request', { message: 'If-Match is missing' }))
  const fragment = typeof req.body === 'string' ? req.body : ''
  const usernameFragment = attribute(fragment, 'ice-ufrag')
  if (usernameFragment === undefined || attribute(fragment, 'ice-pwd') === undefined) throw new AppError('bad-request', { message: 'the fragment has no ICE credentials' })
  const restarts = usernameFragment !== held.session.iceUsernameFragment
  if (restarts ? ifMatch.trim() !== '*' : ifMatch.trim() !== '*' && !ifMatch.split(',').some((tag) => tag.trim() === held.etag)) {
    throw new Refusal(412, new AppError('bad-request', { message: 'If-Match names another ICE session' }))
  }
  if (!restarts) {
    res.status(204).end()
    return
  }
  const { iceParameters, iceCandidates } = await held.session.restartIce(usernameFragment)
  held.etag = newEtag()
  const media = /^m=.*$/m.exec(fragment)?.[0].trim() ?? 'm=audio 9 UDP/TLS/RTP/SAVPF 0'
  const lines = [
    'a=ice-lite',
    media,
    `a=mid:${attribute(fragment, 'mid') ?? '0'}`,
    `a=ice-ufrag:${iceParameters.usernameFragment}`,
    `a=ice-pwd:${iceParameters.password}`,
    ...iceCandidates.map(describeCandidate),
    'a=end-of-candidates',
  ]
  res.status(200).set('ETag', held.etag).type(FRAGMENT_TYPE).send(`${lines.join('\r\n')}\r\n`)
}

function attribute(fragment: string, name: string): string | undefined {
  return new RegExp(`^a=${name}:([\\x21-\\x7e]{1,256})\\s*$`, 'm').exec(fragment)?.[1]
}

function describeCandidate(candidate: Readonly<Record<string, unknown>>): string {
  const { foundation, priority, address, protocol, port, tcpType } = candidate as Record<string, string | number | undefined>
  return `a=candidate:${foundation} 1 ${protocol} ${priority} ${address} ${port} typ host${tcpType === undefined ? '' : ` tcptype ${tcpType}`}`
}
