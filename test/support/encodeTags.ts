// Makes real HEVC, AV1, VP9 and H.264 pictures as enhanced RTMP tags, which Debian's ffmpeg can encode but not yet push.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { FlvTag } from '../../bridge/flv/FlvTag.ts'

const run = promisify(execFile)

export type EnhancedCodec = 'hvc1' | 'av01' | 'vp09' | 'avc1'

const ENCODERS: Readonly<Record<EnhancedCodec, readonly string[]>> = {
  hvc1: ['-c:v', 'libx265', '-preset', 'ultrafast', '-tag:v', 'hvc1', '-x265-params', 'bframes=0:log-level=error'],
  av01: ['-c:v', 'libaom-av1', '-cpu-used', '8', '-usage', 'realtime', '-lag-in-frames', '0'],
  vp09: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-lag-in-frames', '0', '-auto-alt-ref', '0'],
  avc1: ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency'],
}
const CONFIG_BOXES: Readonly<Record<EnhancedCodec, string>> = { hvc1: 'hvcC', av01: 'av1C', vp09: 'vpcC', avc1: 'avcC' }
/** FrameType and IsExHeader with PacketType: sequence start, coded frames without composition time. */
const SEQUENCE_START = 0x90
const KEYFRAME_X = 0x93
const INTER_X = 0xa3
const CODED_FRAMES_BIT = 2

export type EncodeTagsOptions = { readonly codec: EnhancedCodec; readonly frames: number; readonly framesPerSecond?: number; readonly gopFrames?: number; readonly size?: string }

/** Encodes a test picture without B-frames: a sequence start tag, then one tag a frame, the first at 0 ms. */
export async function encodeTags({ codec, frames, framesPerSecond = 25, gopFrames = 25, size = '320x180' }: EncodeTagsOptions): Promise<FlvTag[]> {
  const input = ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${framesPerSecond}`]
  const output = ['-frames:v', String(frames), '-g', String(gopFrames), '-keyint_min', String(gopFrames), '-pix_fmt', 'yuv420p']
  const container = ['-movflags', 'frag_every_frame+empty_moov+default_base_moof+delay_moov', '-f', 'mp4', 'pipe:1']
  const options = { encoding: 'buffer', maxBuffer: 256 << 20, timeout: 60_000 } as const
  const { stdout } = await run('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-nostdin', ...input, ...ENCODERS[codec], ...output, ...container], options)
  const samples = boxes(stdout).filter((box) => box.name === 'mdat').map((box) => box.body)
  const tag = (first: number, timestamp: number, body: Buffer): FlvTag => ({ type: 'video', timestamp, data: Buffer.concat([Buffer.from([first]), Buffer.from(codec, 'latin1'), body]) })
  // AV1 and VP9 have no form without composition time, because they never have one.
  const coded = codec === 'av01' || codec === 'vp09' ? CODED_FRAMES_BIT : 0
  const pictures = samples.map((sample, index) => tag((index % gopFrames === 0 ? KEYFRAME_X : INTER_X) - coded, Math.round((index * 1000) / framesPerSecond), sample))
  return [tag(SEQUENCE_START, 0, configBox(stdout, CONFIG_BOXES[codec])), ...pictures]
}

function boxes(file: Buffer): { name: string; body: Buffer }[] {
  const found: { name: string; body: Buffer }[] = []
  for (let offset = 0; offset + 8 <= file.length; ) {
    const size = file.readUInt32BE(offset)
    found.push({ name: file.toString('latin1', offset + 4, offset + 8), body: file.subarray(offset + 8, offset + size) })
    offset += Math.max(8, size)
  }
  return found
}

function configBox(file: Buffer, name: string): Buffer {
  const at = file.indexOf(name, 0, 'latin1')
  if (at < 4) throw new Error(`the encoded file has no ${name}`)
  return file.subarray(at + 4, at - 4 + file.readUInt32BE(at - 4))
}
