// A live Matroska writer: it carries to ffmpeg the codecs that ffmpeg 5.1's FLV demuxer does not know.
import { element, float, openElement, text, unsigned } from './ebml.ts'

export type MatroskaTrack = {
  readonly kind: 'video' | 'audio'
  /** Matroska's name, such as `V_MPEGH/ISO/HEVC`. */
  readonly codecId: string
  readonly codecPrivate?: Buffer
  readonly width?: number
  readonly height?: number
  readonly sampleRate?: number
  readonly channels?: number
}

/** A new cluster at the latest after so long, ms: block times are 16-bit offsets from their cluster's. */
const CLUSTER_MS = 5_000

/** A hint of 30 pictures a second for encoders' rate control; times stay what each block says. */
const DEFAULT_DURATION_NS = 33_333_333

/** Writes blocks of numbered tracks (1, 2, …) with a timestamp scale of 1 ms (RFC 9559). */
export class MatroskaStream {
  readonly #tracks: readonly MatroskaTrack[]
  #cluster: number | undefined

  constructor(tracks: readonly MatroskaTrack[]) {
    this.#tracks = tracks
  }

  begin(): Buffer {
    const head = element(0x1a45dfa3, unsigned(0x4286, 1), unsigned(0x42f7, 1), unsigned(0x42f2, 4), unsigned(0x42f3, 8), text(0x4282, 'matroska'), unsigned(0x4287, 4), unsigned(0x4285, 2))
    const info = element(0x1549a966, unsigned(0x2ad7b1, 1_000_000), text(0x4d80, 'footlight'), text(0x5741, 'footlight'))
    return Buffer.concat([head, openElement(0x18538067), info, element(0x1654ae6b, ...this.#tracks.map(trackEntry))])
  }

  /** A SimpleBlock of the track with this number, presented at `timestamp` ms. */
  block(track: number, timestamp: number, keyframe: boolean, payload: Buffer): Buffer {
    const parts: Buffer[] = []
    const offset = this.#cluster === undefined ? Infinity : timestamp - this.#cluster
    if (Math.abs(offset) > CLUSTER_MS) {
      this.#cluster = timestamp
      parts.push(openElement(0x1f43b675), unsigned(0xe7, timestamp))
    }
    const head = Buffer.alloc(4)
    head[0] = 0x80 | track
    head.writeInt16BE(timestamp - (this.#cluster ?? timestamp), 1)
    head[3] = keyframe ? 0x80 : 0
    parts.push(element(0xa3, head, payload))
    return Buffer.concat(parts)
  }
}

function trackEntry(track: MatroskaTrack, index: number): Buffer {
  const { kind, codecId, codecPrivate, width, height, sampleRate, channels } = track
  const parts = [unsigned(0xd7, index + 1), unsigned(0x73c5, index + 1), unsigned(0x83, kind === 'video' ? 1 : 2), unsigned(0x9c, 0), text(0x86, codecId), ...(kind === 'video' ? [unsigned(0x23e383, DEFAULT_DURATION_NS)] : [])]
  if (codecPrivate) parts.push(element(0x63a2, codecPrivate))
  if (kind === 'video' && width && height) parts.push(element(0xe0, unsigned(0xb0, width), unsigned(0xba, height)))
  if (kind === 'audio') parts.push(element(0xe1, float(0xb5, sampleRate ?? 48_000), unsigned(0x9f, channels ?? 2)))
  return element(0xae, ...parts)
}
