// Reads what a tag carries without decoding it, so that hubs, caches and transcoding verdicts need no ffmpeg.
import { ENHANCED_PACKET, readEnhancedHeader } from './enhancedHeader.ts'

export type VideoCodec = 'h264' | 'hevc' | 'av1' | 'vp9' | 'other'

/** What a video tag's header says. */
export type VideoTagDescription = {
  readonly codec: VideoCodec
  /** The four characters of an enhanced header (`hvc1`, `av01` …). */
  readonly fourCc?: string
  readonly kind: 'sequence' | 'keyframe' | 'inter' | 'end' | 'metadata'
  /** Presentation minus decoding time, ms; 0 where the format has none. */
  readonly compositionTimeMs: number
  /** True for an enhanced RTMP header. */
  readonly enhanced: boolean
  /** Where the codec's own bytes start in the tag body. */
  readonly bodyOffset: number
}

export type AudioCodec = 'aac' | 'mp3' | 'opus' | 'ac3' | 'eac3' | 'flac' | 'pcm' | 'speex' | 'g711' | 'other'

/** What an audio tag's header says. */
export type AudioTagDescription = {
  readonly codec: AudioCodec
  readonly fourCc?: string
  readonly kind: 'sequence' | 'frame' | 'end' | 'metadata'
  readonly enhanced: boolean
  readonly bodyOffset: number
}

const VIDEO_FOUR_CCS: Readonly<Record<string, VideoCodec>> = { avc1: 'h264', hvc1: 'hevc', hev1: 'hevc', av01: 'av1', vp09: 'vp9' }
const AUDIO_FOUR_CCS: Readonly<Record<string, AudioCodec>> = {
  mp4a: 'aac',
  '.mp3': 'mp3',
  Opus: 'opus',
  'ac-3': 'ac3',
  'ec-3': 'eac3',
  fLaC: 'flac',
}
/** SoundFormat of the FLV audio header (FLV 10.1, E.4.2.1). */
const SOUND_FORMATS: Readonly<Record<number, AudioCodec>> = { 0: 'pcm', 2: 'mp3', 3: 'pcm', 7: 'g711', 8: 'g711', 10: 'aac', 11: 'speex', 14: 'mp3' }

const FRAME_TYPE = { key: 1, generatedKey: 4, command: 5 } as const
/** CodecIDs of the classic header: 7 is Adobe's; 12 and 13 are a habit of encoders older than enhanced RTMP. */
const CLASSIC_CODECS: Readonly<Record<number, VideoCodec>> = { 7: 'h264', 12: 'hevc', 13: 'av1' }
const EX_AUDIO_HEADER = 9

/** Describes a video tag body; undefined when it is too short to tell. Never throws. */
export function describeVideo(data: Buffer): VideoTagDescription | undefined {
  const first = data[0]
  if (first === undefined) return undefined
  return (first & 0x80) !== 0 ? describeEnhancedVideo(data, (first >> 4) & 7) : describeClassicVideo(data, first)
}

/** Describes an audio tag body; undefined when it is too short to tell. Never throws. */
export function describeAudio(data: Buffer): AudioTagDescription | undefined {
  const first = data[0]
  if (first === undefined) return undefined
  if (first >> 4 === EX_AUDIO_HEADER) return describeEnhancedAudio(data)
  const codec = SOUND_FORMATS[first >> 4] ?? 'other'
  if (codec !== 'aac') return { codec, kind: 'frame', enhanced: false, bodyOffset: 1 }
  const packetType = data[1]
  return packetType === undefined ? undefined : { codec, kind: packetType === 0 ? 'sequence' : 'frame', enhanced: false, bodyOffset: 2 }
}

function describeClassicVideo(data: Buffer, first: number): VideoTagDescription | undefined {
  const frameType = first >> 4
  const codec = CLASSIC_CODECS[first & 0x0f] ?? 'other'
  const coded = frameKind(frameType)
  if (codec === 'other' || coded === 'metadata') return { codec, kind: coded, compositionTimeMs: 0, enhanced: false, bodyOffset: 1 }
  if (data.length < 5) return undefined
  const packetType = data[1]
  const kind = packetType === 0 ? 'sequence' : packetType === 1 ? coded : packetType === 2 ? 'end' : 'metadata'
  return { codec, kind, compositionTimeMs: packetType === 1 ? data.readIntBE(2, 3) : 0, enhanced: false, bodyOffset: 5 }
}

function describeEnhancedVideo(data: Buffer, frameType: number): VideoTagDescription | undefined {
  const header = readEnhancedHeader(data, 'video')
  if (header === undefined) {
    // A command frame carries one byte instead of a fourCC.
    if (frameType !== FRAME_TYPE.command || data.length < 2) return undefined
    return { codec: 'other', kind: 'metadata', compositionTimeMs: 0, enhanced: true, bodyOffset: data.length }
  }
  const { packetType, fourCc } = header
  const codec = VIDEO_FOUR_CCS[fourCc] ?? 'other'
  const timed = packetType === ENHANCED_PACKET.codedFrames && (codec === 'h264' || codec === 'hevc' || fourCc === 'vvc1')
  const bodyOffset = header.bodyOffset + (timed ? 3 : 0)
  if (bodyOffset > data.length) return undefined
  const compositionTimeMs = timed ? data.readIntBE(header.bodyOffset, 3) : 0
  return { codec, fourCc, kind: enhancedVideoKind(packetType, frameType), compositionTimeMs, enhanced: true, bodyOffset }
}

function enhancedVideoKind(packetType: number, frameType: number): VideoTagDescription['kind'] {
  if (packetType === ENHANCED_PACKET.sequenceStart || packetType === ENHANCED_PACKET.mpeg2TsSequenceStart) return 'sequence'
  if (packetType === ENHANCED_PACKET.codedFrames || packetType === ENHANCED_PACKET.codedFramesX) return frameKind(frameType)
  return packetType === ENHANCED_PACKET.sequenceEnd ? 'end' : 'metadata'
}

function describeEnhancedAudio(data: Buffer): AudioTagDescription | undefined {
  const header = readEnhancedHeader(data, 'audio')
  if (header === undefined) return undefined
  const { packetType, fourCc, bodyOffset } = header
  const kinds: Readonly<Record<number, AudioTagDescription['kind']>> = { 0: 'sequence', 1: 'frame', 2: 'end' }
  return { codec: AUDIO_FOUR_CCS[fourCc] ?? 'other', fourCc, kind: kinds[packetType] ?? 'metadata', enhanced: true, bodyOffset }
}

function frameKind(frameType: number): 'keyframe' | 'inter' | 'metadata' {
  if (frameType === FRAME_TYPE.command) return 'metadata'
  return frameType === FRAME_TYPE.key || frameType === FRAME_TYPE.generatedKey ? 'keyframe' : 'inter'
}
