// Tags on standard input, HLS in fragmented MP4 on disk.
import { join } from 'node:path'
import type { ContainerFormat } from '../hub/ContainerFormat.ts'
import { h264Options } from './encodeOptions.ts'
import type { FfmpegCommandLine } from './FfmpegCommandLine.ts'
import { NO_ANALYSIS } from './relayArguments.ts'

export type PackagerPlan = {
  readonly demuxer: ContainerFormat['demuxer']
  readonly video: { readonly transcode: boolean; readonly height: number } | null
  readonly audio: { readonly transcode: boolean } | null
  /** Folder of this run. */
  readonly folder: string
  readonly segmentSeconds: number
}

export const INIT_FILE = 'init.mp4'
export const RUN_PLAYLIST = 'index.m3u8'

/** Encoders round a 2 s GOP to milliseconds either way; a segment may be this much shorter and still be cut at its keyframe. */
const CUT_TOLERANCE = 0.95
/** Segments in ffmpeg's own playlist, far more than can pass between two looks at it. */
const LIST_SIZE = 30

export function packagerArguments({ demuxer, video, audio, folder, segmentSeconds }: PackagerPlan): FfmpegCommandLine {
  const pictures = video ? ['-map', '0:v:0', ...(video.transcode ? h264Options({ height: video.height, profile: 'high' }) : ['-c:v', 'copy'])] : ['-vn']
  const sound = audio ? ['-map', '0:a:0', ...(audio.transcode ? ['-c:a', 'aac', '-b:a', '160k', '-ac', '2'] : ['-c:a', 'copy'])] : ['-an']
  const hls = [
    // Without it a silent track would hold back the picture for 10 s.
    '-max_interleave_delta', '500000',
    '-f', 'hls',
    '-hls_time', String(segmentSeconds * CUT_TOLERANCE),
    '-hls_list_size', String(LIST_SIZE),
    '-hls_segment_type', 'fmp4',
    '-hls_fmp4_init_filename', INIT_FILE,
    '-hls_segment_filename', join(folder, 'seg-%05d.m4s'),
    '-hls_flags', 'independent_segments+program_date_time+temp_file',
  ]
  return {
    inputs: [{ options: ['-protocol_whitelist', 'pipe,file', ...NO_ANALYSIS, '-f', demuxer], source: 'pipe:0' }],
    outputs: [{ options: [...pictures, ...sound, ...hls], target: join(folder, RUN_PLAYLIST) }],
  }
}
