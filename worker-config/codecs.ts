// The codecs every router speaks, with fixed payload types, so that pages and the bridge know them before asking.
import type { RouterRtpCodecCapability } from 'mediasoup/types'

/** Payload types of the router's codecs and their RTX (which mediasoup takes from 101 upward). The bridge's relay sends with the same. */
export const payloadTypes = { opus: 100, h264: 110, h264Rtx: 101, vp8: 112, vp8Rtx: 102 } as const

/** Constrained baseline, level 3.1: what every browser decodes and encodes (RFC 7742 section 6.2). */
export const h264Parameters = { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 } as const

/** The payload types a router is to use; a video codec left out is not offered. */
export type CodecPayloadTypes = { readonly opus?: number; readonly h264?: number; readonly vp8?: number }

/** H.264 comes before VP8: it is copied to HLS without transcoding; VP8 is the fallback. */
export function routerCodecs(use: CodecPayloadTypes): RouterRtpCodecCapability[] {
  const codecs: RouterRtpCodecCapability[] = []
  if (use.opus !== undefined) codecs.push({ kind: 'audio', mimeType: 'audio/opus', clockRate: 48000, channels: 2, preferredPayloadType: use.opus, parameters: { useinbandfec: 1 } })
  if (use.h264 !== undefined) codecs.push({ kind: 'video', mimeType: 'video/H264', clockRate: 90000, preferredPayloadType: use.h264, parameters: { ...h264Parameters } })
  if (use.vp8 !== undefined) codecs.push({ kind: 'video', mimeType: 'video/VP8', clockRate: 90000, preferredPayloadType: use.vp8, parameters: {} })
  return codecs
}

/** What a broadcast's own router and its viewers' routers speak. */
export const mediaCodecs = routerCodecs(payloadTypes)
