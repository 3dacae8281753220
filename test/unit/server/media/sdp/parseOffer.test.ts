import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../../../server/core/AppError.ts'
import { parseOffer } from '../../../../../server/media/sdp/parseOffer.ts'
import { planWhep } from '../../../../../server/media/sdp/whepParameters.ts'
import { whipTracks } from '../../../../../server/media/sdp/whipParameters.ts'
import { writeAnswer } from '../../../../../server/media/sdp/writeAnswer.ts'
import { offer, offerNames, transport } from './offer.ts'

/** Everything that is done with an offer before a worker hears of it. */
function useAll(sdp: string): void {
  const parsed = parseOffer(sdp)
  const sources = { video: { codec: 'h264', layers: 1 }, audio: { codec: 'opus' } } as const
  for (const run of [
    () => writeAnswer({ offer: parsed, transport, answered: whipTracks(parsed).map((track) => ({ ...track, withRtx: true })) }),
    () => writeAnswer({ offer: parsed, transport, answered: planWhep(parsed, sources).tracks.map((track) => ({ ...track, withRtx: false, sends: { ssrc: 1, cname: 'c', stream: 's' } })) }),
  ]) {
    try {
      run()
    } catch (error) {
      if (!isRefusal(error)) throw error
    }
  }
}
const isRefusal = (error: unknown) => error instanceof AppError && (error.code === 'bad-request' || error.code === 'unsupported-codecs')

function refusesOrAccepts(sdp: string): boolean {
  try {
    useAll(sdp)
    return true
  } catch (error) {
    return isRefusal(error)
  }
}

describe('an offer that is none', () => {
  test.each([
    ['empty text', ''],
    ['JSON', '{"sdp":"v=0"}'],
    ['no media', 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n'],
    ['no fingerprint', offer('obs').replace(/a=fingerprint.*\r\n/g, '')],
    ['an odd fingerprint', offer('obs').replaceAll('sha-256', 'md5')],
    ['no ICE credentials', offer('obs').replace(/a=ice-pwd.*\r\n/g, '')],
    ['no BUNDLE', offer('obs').replace(/a=group:BUNDLE.*\r\n/g, '')],
    ['the same mid twice', offer('obs').replace('a=mid:1', 'a=mid:0')],
    ['thirty sections', offer('obs') + offer('obs').slice(offer('obs').indexOf('m=audio')).repeat(15)],
  ])('%s is a bad request', (_name, sdp) => {
    expect(() => parseOffer(sdp)).toThrow(expect.objectContaining({ code: 'bad-request' }) as Error)
  })
})

test('a real offer with lines lost, doubled, moved or garbled is used or refused, nothing else', () => {
  const mutation = fc.record({
    name: fc.constantFrom(...offerNames),
    cuts: fc.array(fc.record({ at: fc.nat(400), kind: fc.constantFrom('drop', 'double', 'swap', 'garble', 'cut'), text: fc.string({ maxLength: 40 }), from: fc.nat(60) }), { maxLength: 8 }),
  })
  fc.assert(
    fc.property(mutation, ({ name, cuts }) => {
      const lines = offer(name).split('\r\n')
      for (const { at, kind, text, from } of cuts) {
        const index = at % lines.length
        const line = lines[index] ?? ''
        if (kind === 'drop') lines.splice(index, 1)
        else if (kind === 'double') lines.splice(index, 0, line)
        else if (kind === 'swap') lines.push(...lines.splice(index, 1))
        else if (kind === 'garble') lines[index] = line.slice(0, from % (line.length + 1)) + text
        else lines[index] = line.slice(0, from % (line.length + 1))
      }
      return refusesOrAccepts(lines.join('\r\n'))
    }),
    { numRuns: 3000 },
  )
})

test('text of any kind is refused, nothing else', () => {
  fc.assert(fc.property(fc.string({ maxLength: 2000, unit: 'binary' }), (text) => refusesOrAccepts(text) && refusesOrAccepts(`v=0\r\n${text}`)), { numRuns: 1000 })
})
