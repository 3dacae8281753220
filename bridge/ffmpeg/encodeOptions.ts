// Encoder settings that several command lines share, so that a picture looks the same wherever it must be transcoded.

/** Longest side that is encoded; larger pictures are made smaller. */
const MAX_WIDTH = 1920
const MAX_HEIGHT = 1080
const GOP_SECONDS = 2

/** Kilobits a second that libx264 veryfast needs for a clean live picture of this height (0: unknown). */
export function videoKbps(height: number): number {
  if (height <= 0) return 3_500
  if (height <= 360) return 1_000
  if (height <= 480) return 1_600
  if (height <= 720) return 3_000
  return 5_000
}

/**
 * Every picture keeps its own time. Otherwise ffmpeg repeats and drops pictures to fit a frame rate that, without analysis,
 * it can only guess.
 */
export const KEEP_TIMES = ['-fps_mode', 'passthrough', '-enc_time_base', '1:1000']

/** H.264 that every browser takes, without delay: 4:2:0, no B-frames, a keyframe every 2 s. */
export function h264Options({ height, profile }: { readonly height: number; readonly profile: 'baseline' | 'high' }): string[] {
  const kbps = videoKbps(height)
  const fit = `scale=w='min(${MAX_WIDTH},iw)':h='min(${MAX_HEIGHT},ih)':force_original_aspect_ratio=decrease:force_divisible_by=2`
  const rate = ['-b:v', `${kbps}k`, '-maxrate', `${Math.round(kbps * 1.2)}k`, '-bufsize', `${kbps}k`]
  const keys = ['-force_key_frames', `expr:gte(t,n_forced*${GOP_SECONDS})`, '-g', '600', '-sc_threshold', '0']
  return ['-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'zerolatency', '-profile:v', profile, '-bf', '0', ...rate, ...keys, ...KEEP_TIMES, '-vf', fit, '-pix_fmt', 'yuv420p']
}
