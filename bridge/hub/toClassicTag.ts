// Some encoders wrap even H.264 and AAC in enhanced RTMP headers; players and ffmpeg 5.1 know only the classic ones.
import { describeAudio, describeVideo } from '../flv/describeTag.ts'
import type { FlvTag } from '../flv/FlvTag.ts'

const AVC = 7
const AAC_44K_STEREO_16BIT = 0xaf
const MP3_44K_STEREO_16BIT = 0x2f
const PACKET_TYPES = { sequence: 0, keyframe: 1, inter: 1, end: 2, metadata: undefined } as const

/** The same media under a classic FLV header where one exists; any other tag as it is. */
export function toClassicTag(tag: FlvTag): FlvTag {
  if (tag.type === 'video') return classicVideo(tag)
  return tag.type === 'audio' ? classicAudio(tag) : tag
}

function classicVideo(tag: FlvTag): FlvTag {
  const video = describeVideo(tag.data)
  if (!video?.enhanced || video.codec !== 'h264') return tag
  const packetType = PACKET_TYPES[video.kind]
  if (packetType === undefined) return tag
  const header = Buffer.alloc(5)
  header[0] = ((video.kind === 'inter' ? 2 : 1) << 4) | AVC
  header[1] = packetType
  header.writeIntBE(video.compositionTimeMs, 2, 3)
  return { ...tag, data: Buffer.concat([header, tag.data.subarray(video.bodyOffset)]) }
}

function classicAudio(tag: FlvTag): FlvTag {
  const audio = describeAudio(tag.data)
  if (!audio?.enhanced || (audio.kind !== 'sequence' && audio.kind !== 'frame')) return tag
  const body = tag.data.subarray(audio.bodyOffset)
  if (audio.codec === 'aac') return { ...tag, data: Buffer.concat([Buffer.from([AAC_44K_STEREO_16BIT, audio.kind === 'sequence' ? 0 : 1]), body]) }
  if (audio.codec === 'mp3' && audio.kind === 'frame') return { ...tag, data: Buffer.concat([Buffer.from([MP3_44K_STEREO_16BIT]), body]) }
  return tag
}
