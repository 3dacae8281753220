// The command lines that turn recorded runs into one MP4.
import type { FfmpegCommandLine } from './FfmpegCommandLine.ts'

const FASTSTART = ['-movflags', '+faststart', '-f', 'mp4']
const LOCAL_FILES = ['-protocol_whitelist', 'file,crypto,data']

/** Joins the files that an ffconcat list names, without touching pictures or sound. */
export function joinArguments({ list, target }: { readonly list: string; readonly target: string }): FfmpegCommandLine {
  return {
    inputs: [{ options: [...LOCAL_FILES, '-f', 'concat', '-safe', '0'], source: list }],
    outputs: [{ options: ['-map', '0:v:0?', '-map', '0:a:0?', '-c', 'copy', ...FASTSTART], target }],
  }
}

export type UniformRun = { readonly playlist: string; readonly target: string; readonly width: number; readonly height: number; readonly hasVideo: boolean; readonly hasAudio: boolean }

/** Gives a run the one size, rate and sound format that all runs of a mixed recording get, silence or black included. */
export function uniformArguments({ playlist, target, width, height, hasVideo, hasAudio }: UniformRun): FfmpegCommandLine {
  const size = `${width}:${height}`
  const fit = `scale=${size}:force_original_aspect_ratio=decrease,pad=${size}:(ow-iw)/2:(oh-ih)/2,setsar=1,fps=30`
  const inputs = [{ options: [...LOCAL_FILES, '-f', 'hls'], source: playlist }]
  if (!hasVideo) inputs.push({ options: ['-f', 'lavfi'], source: `color=black:size=${width}x${height}:rate=30` })
  if (!hasAudio) inputs.push({ options: ['-f', 'lavfi'], source: 'anullsrc=channel_layout=stereo:sample_rate=48000' })
  const maps = ['-map', hasVideo ? '0:v:0' : '1:v:0', '-map', hasAudio ? '0:a:0' : '1:a:0']
  const pictures = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-profile:v', 'high', '-bf', '0', '-g', '60', '-vf', fit, '-pix_fmt', 'yuv420p']
  const sound = ['-c:a', 'aac', '-b:a', '160k', '-ar', '48000', '-ac', '2', '-af', 'aresample=async=1']
  return { inputs, outputs: [{ options: [...maps, ...pictures, ...sound, '-shortest', '-video_track_timescale', '90000', '-f', 'mp4'], target }] }
}
