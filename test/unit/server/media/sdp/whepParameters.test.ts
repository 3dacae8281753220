import * as ortc from 'mediasoup/ortc'
import { parse } from 'sdp-transform'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../../../server/core/AppError.ts'
import type { RoomSources } from '../../../../../server/media/RoomSources.ts'
import { parseOffer } from '../../../../../server/media/sdp/parseOffer.ts'
import { planWhep } from '../../../../../server/media/sdp/whepParameters.ts'
import { writeAnswer } from '../../../../../server/media/sdp/writeAnswer.ts'
import { offer, transport } from './offer.ts'

const h264: RoomSources = { video: { codec: 'h264', layers: 1 }, audio: { codec: 'opus' } }
const vp8: RoomSources = { video: { codec: 'vp8', layers: 3 } }

const answerTo = (sdp: string, sources: RoomSources) => {
  const parsed = parseOffer(sdp)
  const { tracks } = planWhep(parsed, sources)
  const sends = { ssrc: 12345, cname: 'footlight', stream: 'footlight' }
  return parse(writeAnswer({ offer: parsed, transport, answered: tracks.map((track) => ({ ...track, withRtx: false, sends })) }))
}
const codeOf = (run: () => unknown) => {
  try {
    run()
    return 'accepted'
  } catch (error) {
    return error instanceof AppError ? error.code : error
  }
}

describe('what WHEP players offer', () => {
  test.each([
    ['chromium-watch', { opus: 111, h264: 108 }],
    ['pion-watch', { opus: 111, h264: 106 }],
    ['gstreamer-watch', { opus: 97, h264: 96 }],
    // Made of the caps people write for whepsrc: no packetization-mode, no channels.
    ['gstreamer-watch-bare', { opus: 96, h264: 97 }],
    ['gstreamer-watch-pcmu', { h264: 97 }],
  ] as const)('%s is served in its own payload types', (name, expected) => {
    const plan = planWhep(parseOffer(offer(name)), h264)
    expect(plan.payloadTypes).toEqual(expected)
    ortc.validateAndNormalizeRtpCapabilities(structuredClone(plan.rtpCapabilities) as never)
  })

  test('a VP8 broadcast is sent as VP8, and nothing is said of audio it has not', () => {
    expect(planWhep(parseOffer(offer('chromium-watch')), vp8).payloadTypes).toEqual({ vp8: 96 })
  })

  test('an offer that sends media is refused; one without the broadcast’s codecs too', () => {
    expect(codeOf(() => planWhep(parseOffer(offer('obs')), h264))).toBe('bad-request')
    expect(codeOf(() => planWhep(parseOffer(offer('pion-watch').replaceAll('recvonly', 'inactive')), h264))).toBe('bad-request')
    expect(codeOf(() => planWhep(parseOffer(offer('pion-watch').replace('VP8/90000', 'VP9/90000')), vp8))).toBe('unsupported-codecs')
  })
})

describe('the answer to a WHEP offer', () => {
  test('sends each stream in the section that asked for it', () => {
    const { media } = answerTo(offer('pion-watch'), h264)
    expect(media.map(({ type, mid, direction, payloads }) => [type, String(mid), direction, String(payloads)])).toEqual([['video', '0', 'sendonly', '106'], ['audio', '1', 'sendonly', '111']])
    expect(media[0]?.ssrcs?.[0]).toMatchObject({ id: 12345, attribute: 'cname' })
  })

  test('refuses data channels and kinds that are not sent, each in its place', () => {
    const answer = answerTo(offer('chromium-watch'), vp8)
    expect(answer.media.map(({ type, port, direction }) => [type, port, direction])).toEqual([['audio', 9, 'inactive'], ['video', 9, 'sendonly'], ['application', 0, 'inactive']])
    expect(String(answer.groups?.[0]?.mids)).toBe('0 1')
  })

  test('keeps the first section of a bundle, whose transport the others use, and only idles it', () => {
    const { media, groups } = answerTo(offer('gstreamer-watch-pcmu'), h264)
    expect(media.map(({ type, port, direction, payloads }) => [type, port, direction, String(payloads)])).toEqual([['audio', 9, 'inactive', '0'], ['video', 9, 'sendonly', '97']])
    expect(groups).toEqual([{ type: 'BUNDLE', mids: 'audio0 video1' }])
  })

  test('names ICE, DTLS role and fingerprint in every section, refused ones too, or GStreamer takes none of it', () => {
    const { media } = answerTo(offer('gstreamer-watch'), { video: { codec: 'h264', layers: 1 } })
    expect(media.map(({ type, port }) => [type, port])).toEqual([['video', 9], ['audio', 0]])
    for (const one of media) expect(one).toMatchObject({ iceUfrag: 'serverufrag', icePwd: 'serverpassword0123456789', setup: 'passive', fingerprint: { type: 'sha-256' } })
  })

  test('repeats what was offered where packetization mode and channels went unsaid', () => {
    const { media } = answerTo(offer('gstreamer-watch-bare'), h264)
    expect(media.map(({ rtp }) => rtp.map(({ codec, encoding }) => [codec, encoding]))).toEqual([[['opus', undefined]], [['H264', undefined]]])
    expect(media[1]?.fmtp[0]?.config).not.toContain('packetization-mode')
  })

  test('agrees on no header extension whose number the worker uses for another', () => {
    for (const media of answerTo(offer('chromium-watch'), h264).media) expect(media.ext ?? []).toEqual([])
  })
})
