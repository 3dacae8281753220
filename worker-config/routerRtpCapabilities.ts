// What a router with our codecs can receive and send, known without asking one: pages load their device with it before they call.
import type { RtpCapabilities, RtcpFeedback, RtpCodecCapability, RtpHeaderExtension } from 'mediasoup/types'
import { h264Parameters, payloadTypes } from './codecs.ts'

const feedback: RtcpFeedback[] = [
  { type: 'nack', parameter: '' },
  { type: 'nack', parameter: 'pli' },
  { type: 'ccm', parameter: 'fir' },
  { type: 'goog-remb', parameter: '' },
  { type: 'transport-cc', parameter: '' },
]
const audioFeedback: RtcpFeedback[] = [
  { type: 'nack', parameter: '' },
  { type: 'transport-cc', parameter: '' },
]

type Direction = NonNullable<RtpHeaderExtension['direction']>

/** URI, id and who has it: the ids are mediasoup's own, written into every packet a router sends. */
const extensions: readonly (readonly [RtpHeaderExtension['uri'], number, { audio?: Direction; video?: Direction }])[] = [
  ['urn:ietf:params:rtp-hdrext:sdes:mid', 1, { audio: 'sendrecv', video: 'sendrecv' }],
  ['urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', 2, { video: 'recvonly' }],
  ['urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id', 3, { video: 'recvonly' }],
  ['http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time', 4, { audio: 'sendrecv', video: 'sendrecv' }],
  ['http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01', 5, { audio: 'recvonly', video: 'sendrecv' }],
  ['urn:ietf:params:rtp-hdrext:ssrc-audio-level', 6, { audio: 'sendrecv' }],
  ['https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension', 7, { video: 'recvonly' }],
  ['urn:3gpp:video-orientation', 8, { video: 'sendrecv' }],
  ['urn:ietf:params:rtp-hdrext:toffset', 9, { video: 'sendrecv' }],
  ['http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time', 10, { audio: 'sendrecv', video: 'sendrecv' }],
  ['http://www.webrtc.org/experiments/rtp-hdrext/playout-delay', 11, { audio: 'sendrecv', video: 'sendrecv' }],
  ['urn:mediasoup:params:rtp-hdrext:packet-id', 12, { audio: 'sendrecv', video: 'sendrecv' }],
]

const rtx = (preferredPayloadType: number, apt: number): RtpCodecCapability => ({ kind: 'video', mimeType: 'video/rtx', preferredPayloadType, clockRate: 90000, parameters: { apt }, rtcpFeedback: [] })

/** Equal to `router.rtpCapabilities` of every router (an integration test compares them). */
export const routerRtpCapabilities: RtpCapabilities = {
  codecs: [
    { kind: 'audio', mimeType: 'audio/opus', clockRate: 48000, channels: 2, preferredPayloadType: payloadTypes.opus, parameters: { useinbandfec: 1 }, rtcpFeedback: audioFeedback },
    { kind: 'video', mimeType: 'video/H264', clockRate: 90000, preferredPayloadType: payloadTypes.h264, parameters: { ...h264Parameters }, rtcpFeedback: feedback },
    rtx(payloadTypes.h264Rtx, payloadTypes.h264),
    { kind: 'video', mimeType: 'video/VP8', clockRate: 90000, preferredPayloadType: payloadTypes.vp8, parameters: {}, rtcpFeedback: feedback },
    rtx(payloadTypes.vp8Rtx, payloadTypes.vp8),
  ],
  headerExtensions: extensions.flatMap(([uri, preferredId, kinds]) =>
    (['audio', 'video'] as const).flatMap((kind) => {
      const direction = kinds[kind]
      return direction === undefined ? [] : [{ kind, uri, preferredId, preferredEncrypt: false, direction }]
    }),
  ),
}
