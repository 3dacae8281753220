// One WebRTC track that FLV cannot carry, as Matroska on standard input; the same as FLV on standard output.
import type { FfmpegCommandLine } from './FfmpegCommandLine.ts'
import { KEEP_TIMES, videoKbps } from './encodeOptions.ts'
import { NO_ANALYSIS } from './relayArguments.ts'

type IngestCommandLine = Pick<FfmpegCommandLine, 'inputs'> & { readonly output: readonly string[] }

/** Timestamps are kept as they are: both tracks and the packets that need no ffmpeg share one clock. */
const FLV_OUT = ['-copyts', '-flush_packets', '1', '-f', 'flv', '-flvflags', 'no_duration_filesize']

/** Opus to AAC. */
export function audioIngestArguments(): IngestCommandLine {
  return {
    inputs: [{ options: ['-protocol_whitelist', 'pipe', ...NO_ANALYSIS, '-copyts', '-f', 'matroska'], source: 'pipe:0' }],
    output: ['-map', '0:a:0', '-c:a', 'aac', '-b:a', '128k', '-ar', '48000', '-ac', '2', ...FLV_OUT],
  }
}

/** VP8 to H.264 of one size: a browser's VP8 may change its size at any keyframe, an FLV stream may not. */
export function videoIngestArguments({ width, height }: { readonly width: number; readonly height: number }): IngestCommandLine {
  const even = (value: number) => Math.max(2, value - (value % 2))
  const size = `${even(width)}:${even(height)}`
  const fit = `scale=${size}:force_original_aspect_ratio=decrease,pad=${size}:(ow-iw)/2:(oh-ih)/2,setsar=1`
  const kbps = videoKbps(height)
  const encoder = ['-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'zerolatency', '-profile:v', 'high', '-bf', '0', '-b:v', `${kbps}k`, '-maxrate', `${Math.round(kbps * 1.2)}k`, '-bufsize', `${kbps}k`]
  const keys = ['-force_key_frames', 'expr:if(isnan(prev_forced_t),1,gte(t,prev_forced_t+2))', '-g', '600', '-sc_threshold', '0']
  return {
    inputs: [{ options: ['-protocol_whitelist', 'pipe', '-thread_type', 'slice', ...NO_ANALYSIS, '-copyts', '-f', 'matroska'], source: 'pipe:0' }],
    output: ['-map', '0:v:0', ...encoder, ...keys, '-vf', fit, '-pix_fmt', 'yuv420p', ...KEEP_TIMES, ...FLV_OUT],
  }
}
