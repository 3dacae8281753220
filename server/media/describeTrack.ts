// A consumer's RTP parameters as the bridge's SDP needs them.
import type { RtpParameters } from 'mediasoup/types'
import type { RtpTrack } from '../contract/bridgeApi.ts'

export function describeTrack(codec: RtpTrack['codec'], { codecs, encodings }: RtpParameters): RtpTrack {
  const first = codecs[0]
  const ssrc = encodings?.[0]?.ssrc
  if (first === undefined || ssrc === undefined) throw new Error('a consumer has no codec or ssrc')
  const fmtp = Object.entries((first.parameters ?? {}) as Record<string, unknown>)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(';')
  return { codec, payloadType: first.payloadType, clockRate: first.clockRate, ...(first.channels === undefined ? {} : { channels: first.channels }), ssrc, fmtp }
}
