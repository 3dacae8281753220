// Matroska instead of FLV for HEVC, AV1, VP9 and the audio codecs of enhanced RTMP.
import type { AudioCodec, VideoCodec } from '../flv/describeTag.ts'
import type { ContainerFormat } from '../hub/ContainerFormat.ts'
import { FlvFormat } from '../hub/FlvFormat.ts'
import type { HubTag } from '../hub/HubTag.ts'
import type { StreamConfig } from '../hub/StreamConfig.ts'
import { MatroskaStream } from './MatroskaStream.ts'
import type { MatroskaTrack } from './MatroskaStream.ts'

const VIDEO_IDS: Readonly<Partial<Record<VideoCodec, string>>> = { h264: 'V_MPEG4/ISO/AVC', hevc: 'V_MPEGH/ISO/HEVC', av1: 'V_AV1', vp9: 'V_VP9' }
const AUDIO_IDS: Readonly<Partial<Record<AudioCodec, string>>> = { aac: 'A_AAC', mp3: 'A_MPEG/L3', opus: 'A_OPUS', ac3: 'A_AC3', eac3: 'A_EAC3', flac: 'A_FLAC' }
const AAC_RATES = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350]

/** What to hand this stream to ffmpeg in: FLV wherever its demuxer knows the codecs. */
export function formatForFfmpeg({ video, audio }: StreamConfig): ContainerFormat {
  const classic = (video === undefined || video.codec === 'h264' || video.codec === 'other') && !video?.enhanced && !audio?.enhanced
  return classic ? new FlvFormat() : new MatroskaFormat()
}

export class MatroskaFormat implements ContainerFormat {
  readonly demuxer = 'matroska'
  #stream: MatroskaStream | undefined
  #numbers: { video?: number; audio?: number } = {}

  begin({ video, audio }: StreamConfig): Buffer {
    const tracks: MatroskaTrack[] = []
    const videoId = video && VIDEO_IDS[video.codec]
    if (videoId) {
      // Matroska's VP9 private data is another record than MP4's, and optional.
      tracks.push({ kind: 'video', codecId: videoId, ...(video.codec === 'vp9' ? {} : { codecPrivate: video.setup }) })
      this.#numbers.video = tracks.length
    }
    const audioId = audio && AUDIO_IDS[audio.codec]
    if (audioId) {
      tracks.push({ kind: 'audio', codecId: audioId, codecPrivate: audio.setup, sampleRate: sampleRate(audio.codec, audio.setup) })
      this.#numbers.audio = tracks.length
    }
    this.#stream = new MatroskaStream(tracks)
    return this.#stream.begin()
  }

  write(tag: HubTag, timestamp: number): Buffer | undefined {
    const { video, audio } = this.#numbers
    if ((tag.role === 'keyframe' || tag.role === 'video') && video) {
      const { bodyOffset, compositionTimeMs } = tag.video
      return this.#stream?.block(video, Math.max(0, timestamp + compositionTimeMs), tag.role === 'keyframe', tag.tag.data.subarray(bodyOffset))
    }
    if (tag.role === 'audio' && audio) return this.#stream?.block(audio, timestamp, true, tag.tag.data.subarray(tag.audio.bodyOffset))
    return undefined
  }
}

function sampleRate(codec: AudioCodec, setup: Buffer | undefined): number {
  if (codec !== 'aac' || setup === undefined || setup.length < 2) return 48_000
  return AAC_RATES[(setup.readUInt16BE(0) >> 7) & 15] ?? 48_000
}
