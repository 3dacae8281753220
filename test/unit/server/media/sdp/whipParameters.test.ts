import * as ortc from 'mediasoup/ortc'
import { parse } from 'sdp-transform'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../../../server/core/AppError.ts'
import { parseOffer } from '../../../../../server/media/sdp/parseOffer.ts'
import { whipTracks } from '../../../../../server/media/sdp/whipParameters.ts'
import { writeAnswer } from '../../../../../server/media/sdp/writeAnswer.ts'
import { routerRtpCapabilities } from '../../../../../worker-config/routerRtpCapabilities.ts'
import { offer, transport } from './offer.ts'


const answerTo = (sdp: string) => {
  const parsed = parseOffer(sdp)
  const tracks = whipTracks(parsed)
  return parse(writeAnswer({ offer: parsed, transport, answered: tracks.map((track) => ({ ...track, withRtx: true })) }))
}
const codeOf = (run: () => unknown) => {
  try {
    run()
    return 'accepted'
  } catch (error) {
    return error instanceof AppError ? error.code : error
  }
}

describe('what WHIP clients offer', () => {
  test.each(['chromium-publish', 'chromium-simulcast', 'obs', 'gstreamer', 'gstreamer-publish'] as const)('mediasoup accepts the parameters made from %s’s offer', (name) => {
    const tracks = whipTracks(parseOffer(offer(name)))
    expect(tracks.map(({ kind }) => kind).toSorted()).toEqual(['audio', 'video'])
    for (const { rtpParameters } of tracks) {
      const copy = structuredClone(rtpParameters) as never
      ortc.validateAndNormalizeRtpParameters(copy)
      ortc.getProducerRtpParametersMapping(copy, routerRtpCapabilities)
    }
  })

  test('H.264 is preferred to VP8, constrained baseline to baseline, with its RTX', () => {
    const video = whipTracks(parseOffer(offer('chromium-publish'))).find(({ kind }) => kind === 'video')
    expect(video?.rtpParameters.codecs.map(({ mimeType, payloadType }) => [mimeType, payloadType])).toEqual([['video/H264', 108], ['video/rtx', 109]])
  })

  test('without H.264 it is VP8', () => {
    const video = whipTracks(parseOffer(offer('chromium-publish').replaceAll('H264/90000', 'H263/90000'))).find(({ kind }) => kind === 'video')
    expect(video?.rtpParameters.codecs[0]).toMatchObject({ mimeType: 'video/VP8', payloadType: 96 })
  })

  test('a declared main or high profile is taken as what the router knows, and answered as it was offered', () => {
    const high = offer('obs').replace('42e01f', '640029')
    expect(whipTracks(parseOffer(high))[1]?.rtpParameters.codecs[0]).toMatchObject({ parameters: { 'profile-level-id': '42e01f' } })
    expect(answerTo(high).media[1]?.fmtp[0]?.config).toContain('profile-level-id=640029')
  })

  test('simulcast layers are handed to mediasoup the smallest first', () => {
    const video = whipTracks(parseOffer(offer('chromium-simulcast'))).find(({ kind }) => kind === 'video')
    expect(video?.rtpParameters.encodings).toEqual([{ rid: 'l' }, { rid: 'm' }, { rid: 'h' }])
  })

  test('the SSRCs of a stream and of its retransmissions are told', () => {
    const video = whipTracks(parseOffer(offer('gstreamer'))).find(({ kind }) => kind === 'video')
    expect(video?.rtpParameters.encodings).toEqual([{ ssrc: 1840946530, rtx: { ssrc: 2611054720 } }])
  })

  test('RTX offered for audio is left aside, as routers know it for video alone', () => {
    const [audio, video] = whipTracks(parseOffer(offer('gstreamer-publish'))).toSorted((a, b) => a.kind.localeCompare(b.kind))
    expect(audio?.rtpParameters).toMatchObject({ codecs: [{ mimeType: 'audio/opus', payloadType: 97 }], encodings: [{ ssrc: 3763030425 }] })
    expect(video?.rtpParameters).toMatchObject({ codecs: [{ payloadType: 96 }, { mimeType: 'video/rtx', payloadType: 98 }], encodings: [{ ssrc: 1389743902, rtx: { ssrc: 753986176 } }] })
    expect(answerTo(offer('gstreamer-publish')).media.map(({ payloads }) => String(payloads))).toEqual(['96 98', '97'])
  })

  test('an offer that only receives is refused, one without a usable codec too', () => {
    expect(codeOf(() => whipTracks(parseOffer(offer('chromium-watch'))))).toBe('bad-request')
    const strange = offer('obs').replace('H264/90000', 'H266/90000').replace('opus/48000/2', 'speex/16000')
    expect(codeOf(() => whipTracks(parseOffer(strange)))).toBe('unsupported-codecs')
    expect(codeOf(() => whipTracks(parseOffer(offer('obs').replace('packetization-mode=1', 'packetization-mode=0').replace('opus/48000/2', 'opus/16000'))))).toBe('unsupported-codecs')
  })
})

describe('the answer to a WHIP offer', () => {
  test('receives on one ICE-lite, DTLS-passive transport', () => {
    const answer = answerTo(offer('obs'))
    expect(answer.icelite).toBe('ice-lite')
    expect(answer.groups).toEqual([{ type: 'BUNDLE', mids: '0 1' }])
    for (const media of answer.media) {
      expect(media).toMatchObject({ direction: 'recvonly', setup: 'passive', rtcpMux: 'rtcp-mux', iceUfrag: 'serverufrag', port: 9 })
      expect(media.candidates).toHaveLength(1)
    }
    expect(answer.media.map(({ mid, payloads }) => [String(mid), String(payloads)])).toEqual([['0', '111'], ['1', '96']])
  })

  test('accepts the simulcast streams', () => {
    const video = answerTo(offer('chromium-simulcast')).media[1]
    expect(video?.simulcast).toEqual({ dir1: 'recv', list1: 'l;m;h' })
    expect(video?.rids?.map(({ id, direction }) => `${id} ${direction}`)).toEqual(['l recv', 'm recv', 'h recv'])
    expect(video?.ext?.map(({ uri }) => uri)).toContain('urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id')
  })

  test('refuses a section in its place and leaves it out of the bundle', () => {
    const answer = answerTo(offer('obs').replace('H264/90000', 'H266/90000'))
    expect(answer.media.map(({ type, port }) => [type, port])).toEqual([['audio', 9], ['video', 0]])
    expect(String(answer.groups?.[0]?.mids)).toBe('0')
  })

  test('a client that insists on being the DTLS server gets an active answer', () => {
    const parsed = parseOffer(offer('obs').replaceAll('a=setup:actpass', 'a=setup:passive'))
    expect([parsed.answerSetup, parsed.dtlsParameters.role]).toEqual(['active', 'server'])
  })
})
