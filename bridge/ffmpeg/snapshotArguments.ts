// One keyframe on standard input, one JPEG on disk.
import type { ContainerFormat } from '../hub/ContainerFormat.ts'
import type { FfmpegCommandLine } from './FfmpegCommandLine.ts'

/** `target` need not end in `.jpg`; the picture is at most 1280 wide. */
export function snapshotArguments({ demuxer, target }: { readonly demuxer: ContainerFormat['demuxer']; readonly target: string }): FfmpegCommandLine {
  return {
    inputs: [{ options: ['-protocol_whitelist', 'pipe,file', '-threads', '1', '-skip_frame', 'nokey', '-f', demuxer], source: 'pipe:0' }],
    outputs: [{ options: ['-map', '0:v:0', '-frames:v', '1', '-vf', "scale=w='min(1280,iw)':h=-2", '-q:v', '4', '-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p', '-f', 'image2', '-update', '1'], target }],
  }
}
