// The codecs every router speaks, with fixed payload types, so that pages and the bridge know them before asking.
import type { RouterRtpCodecCapability } from 'mediasoup/types'

/** Payload types of the router's codecs; RTX follows its codec. The bridge's relay sends with the same. */
export const payloadTypes = { opus: 100, h264: 102, h264Rtx: 103, vp8: 104, vp8Rtx: 105 } as const

/** Constrained baseline, level 3.1: what every browser decodes and encodes (RFC 7742 section 6.2). */
export const h264Parameters = { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 } as const

/** H.264 first: it is copied to HLS and RTMP viewers without transcoding; VP8 is the fallback. */
export const mediaCodecs: RouterRtpCodecCapability[] = [
  { kind: 'video', mimeType: 'video/H264', clockRate: 90000, preferredPayloadType: payloadTypes.h264, parameters: { ...h264Parameters } },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90000, preferredPayloadType: payloadTypes.vp8, parameters: {} },
  { kind: 'audio', mimeType: 'audio/opus', clockRate: 48000, channels: 2, preferredPayloadType: payloadTypes.opus, parameters: { useinbandfec: 1 } },
]
