// Asks ffprobe what a file or a playlist really holds.
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export type ProbedStream = { readonly codec_type: string; readonly codec_name: string; readonly width?: number; readonly height?: number; readonly has_b_frames?: number; readonly channels?: number; readonly sample_rate?: string }
export type ProbedFrame = { readonly media_type: string; readonly pts_time: string; readonly key_frame: number; readonly pict_type?: string }

export async function probeStreams(file: string): Promise<{ streams: ProbedStream[]; seconds: number }> {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', file])
  const { streams, format } = JSON.parse(stdout) as { streams: ProbedStream[]; format: { duration: string } }
  return { streams, seconds: Number(format.duration) }
}

/** Decodes every frame; throws with ffprobe's words when any is damaged. */
export async function probeFrames(file: string): Promise<ProbedFrame[]> {
  const { stdout, stderr } = await run('ffprobe', ['-v', 'error', '-show_frames', '-show_entries', 'frame=media_type,pts_time,key_frame,pict_type', '-of', 'json', file], { maxBuffer: 64 << 20 })
  if (stderr.trim()) throw new Error(stderr)
  return (JSON.parse(stdout) as { frames: ProbedFrame[] }).frames
}

export type ListedSegment = { readonly init: string; readonly uri: string; readonly duration: number; readonly discontinuity: boolean }
export type ListedPlaylist = { readonly segments: ListedSegment[]; readonly targetDuration: number; readonly mediaSequence: number; readonly ended: boolean; readonly text: string }

export async function readPlaylist(path: string): Promise<ListedPlaylist> {
  const text = await readFile(path, 'utf8')
  const number = (name: string) => Number(new RegExp(`^#EXT-X-${name}:(\\d+)`, 'm').exec(text)?.[1] ?? Number.NaN)
  const segments: ListedSegment[] = []
  let init = ''
  let duration = 0
  let discontinuity = false
  for (const line of text.split('\n')) {
    init = /^#EXT-X-MAP:URI="(.*)"$/.exec(line)?.[1] ?? init
    duration = Number(/^#EXTINF:([\d.]+)/.exec(line)?.[1] ?? duration)
    if (line === '#EXT-X-DISCONTINUITY') discontinuity = true
    if (line === '' || line.startsWith('#')) continue
    segments.push({ init, uri: line, duration, discontinuity })
    discontinuity = false
  }
  return { segments, targetDuration: number('TARGETDURATION'), mediaSequence: number('MEDIA-SEQUENCE'), ended: text.includes('#EXT-X-ENDLIST'), text }
}

/** A segment with its init segment before it, as a player's decoder gets it. */
export async function joinSegment(folder: string, { init, uri }: ListedSegment): Promise<string> {
  const file = join(folder, `probe-${uri.replaceAll('/', '-')}.mp4`)
  await writeFile(file, Buffer.concat([await readFile(join(folder, init)), await readFile(join(folder, uri))]))
  return file
}
