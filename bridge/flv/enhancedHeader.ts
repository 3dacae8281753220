// The part that enhanced RTMP's audio and video headers share: ModEx prefixes, multitrack headers and the fourCC.

/** Packet types that mean the same for audio and video (enhanced RTMP v2, ExAudioTagHeader and ExVideoTagHeader). */
export const ENHANCED_PACKET = { sequenceStart: 0, codedFrames: 1, sequenceEnd: 2, codedFramesX: 3, metadata: 4, mpeg2TsSequenceStart: 5, multitrack: 5, modEx: 7 } as const

const VIDEO_MULTITRACK = 6
const MANY_TRACKS_MANY_CODECS = 2
const ONE_TRACK = 0

export type EnhancedHeader = { readonly packetType: number; readonly fourCc: string; readonly bodyOffset: number }

/** Reads an enhanced header up to the first track's body; undefined when the tag is too short. Never throws. */
export function readEnhancedHeader(data: Buffer, media: 'audio' | 'video'): EnhancedHeader | undefined {
  const afterModEx = skipModEx(data)
  if (afterModEx === undefined) return undefined
  const { packetType, offset } = afterModEx
  const multitrack = media === 'video' ? VIDEO_MULTITRACK : ENHANCED_PACKET.multitrack
  if (packetType === multitrack) return readMultitrack(data, offset)
  const fourCc = readFourCc(data, offset)
  return fourCc === undefined ? undefined : { packetType, fourCc, bodyOffset: offset + 4 }
}

function skipModEx(data: Buffer): { packetType: number; offset: number } | undefined {
  const first = data[0]
  if (first === undefined) return undefined
  let packetType = first & 0x0f
  let offset = 1
  while (packetType === ENHANCED_PACKET.modEx) {
    const short = data[offset]
    if (short === undefined) return undefined
    offset += 1
    let size = short + 1
    if (size === 256) {
      if (offset + 2 > data.length) return undefined
      size = data.readUInt16BE(offset) + 1
      offset += 2
    }
    const next = data[offset + size]
    if (next === undefined) return undefined
    packetType = next & 0x0f
    offset += size + 1
  }
  return { packetType, offset }
}

function readMultitrack(data: Buffer, start: number): EnhancedHeader | undefined {
  const first = data[start]
  if (first === undefined) return undefined
  const kind = first >> 4
  const fourCc = readFourCc(data, start + 1)
  if (fourCc === undefined) return undefined
  // With one shared codec the fourCC stands before the track id, else inside each track: the same place for the first track.
  const sizeBytes = kind === ONE_TRACK ? 0 : 3
  const bodyOffset = start + 1 + 4 + 1 + sizeBytes
  if (kind > MANY_TRACKS_MANY_CODECS || bodyOffset > data.length) return undefined
  return { packetType: first & 0x0f, fourCc, bodyOffset }
}

function readFourCc(data: Buffer, offset: number): string | undefined {
  return offset + 4 > data.length ? undefined : data.toString('latin1', offset, offset + 4)
}
