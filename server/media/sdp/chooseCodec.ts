// Which of an offer's codecs is used: those a router speaks, H.264 before VP8.
import type { OfferedCodec, OfferedSection } from './SdpOffer.ts'

export type ChosenCodec = { readonly name: 'h264' | 'vp8' | 'opus'; readonly codec: OfferedCodec; readonly rtx: OfferedCodec | undefined }

/** Constrained baseline (RFC 6184 section 8.1: 42 with the second and third constraint bit as in e0 or c0). */
const CONSTRAINED_BASELINE = /^42[4-7c-f]0/i
/** 4:2:0 8-bit profiles that browsers decode although they do not offer them. */
const USUAL_PROFILE = /^(42|4d|58|64)/i

/** @param names codecs that would do; all by default. @returns undefined when the section has none of them */
export function chooseCodec({ type, codecs }: OfferedSection, names: readonly ChosenCodec['name'][] = ['h264', 'vp8', 'opus']): ChosenCodec | undefined {
  const found = type === 'audio' ? findOpus(codecs) : type === 'video' ? findVideo(codecs, names) : undefined
  if (found === undefined || !names.includes(found.name)) return undefined
  // GStreamer offers RTX for audio too, which a router does not know.
  const rtx = type === 'audio' ? undefined : codecs.find(({ name, fmtp }) => name === 'rtx' && Number(fmtp['apt']) === found.codec.payloadType)
  return { ...found, rtx }
}

function findOpus(codecs: readonly OfferedCodec[]): Omit<ChosenCodec, 'rtx'> | undefined {
  // RFC 7587 section 7: always opus/48000/2, whatever is inside; GStreamer leaves the 2 out unless its user wrote it.
  const opus = codecs.filter(({ name, clockRate }) => name === 'opus' && clockRate === 48000)
  const codec = opus.find(({ channels }) => channels === 2) ?? opus.find(({ channels }) => channels === 1)
  return codec && { name: 'opus', codec }
}

function findVideo(codecs: readonly OfferedCodec[], names: readonly string[]): Omit<ChosenCodec, 'rtx'> | undefined {
  const h264 = names.includes('h264') ? codecs.filter(({ name, clockRate }) => name === 'h264' && clockRate === 90000) : []
  // Unsaid is mode 0 by RFC 6184 section 8.1; but GStreamer's whepsrc says nothing and takes every mode. A said 0 is meant.
  const codec = bestProfile(h264.filter(({ fmtp }) => fmtp['packetization-mode'] === '1')) ?? bestProfile(h264.filter(({ fmtp }) => fmtp['packetization-mode'] === undefined))
  if (codec !== undefined) return { name: 'h264', codec }
  const vp8 = codecs.find(({ name, clockRate }) => name === 'vp8' && clockRate === 90000)
  return vp8 && { name: 'vp8', codec: vp8 }
}

function bestProfile(h264: readonly OfferedCodec[]): OfferedCodec | undefined {
  const profile = ({ fmtp }: OfferedCodec) => fmtp['profile-level-id'] ?? '42e01f'
  return h264.find((one) => CONSTRAINED_BASELINE.test(profile(one))) ?? h264.find((one) => USUAL_PROFILE.test(profile(one)))
}
