// The live media playlist (RFC 8216) across runs: its window, its counters, its text, and reading it back after a restart.
import { INIT_FILE } from '../ffmpeg/packagerArguments.ts'
import type { HlsSegment } from './HlsSegment.ts'

export type LivePlaylist = {
  readonly mediaSequence: number
  readonly discontinuitySequence: number
  /** Whole seconds; it may only grow. */
  readonly targetDuration: number
  readonly segments: readonly HlsSegment[]
  readonly ended: boolean
}

export function emptyPlaylist(segmentSeconds: number): LivePlaylist {
  return { mediaSequence: 0, discontinuitySequence: 0, targetDuration: segmentSeconds + 1, segments: [], ended: false }
}

/** Adds a segment and says which ones left the window. */
export function appendSegment(playlist: LivePlaylist, segment: HlsSegment, window: number): { playlist: LivePlaylist; left: readonly HlsSegment[] } {
  const all = [...playlist.segments, segment]
  const left = all.slice(0, Math.max(0, all.length - window))
  return {
    playlist: {
      ...playlist,
      mediaSequence: playlist.mediaSequence + left.length,
      discontinuitySequence: playlist.discontinuitySequence + left.filter(({ discontinuity }) => discontinuity).length,
      targetDuration: Math.max(playlist.targetDuration, Math.round(segment.duration)),
      segments: all.slice(left.length),
    },
    left,
  }
}

/** The text of a playlist; `vod` when it lists a whole recording. */
export function composePlaylist(playlist: LivePlaylist, type?: 'vod'): string {
  const lines = ['#EXTM3U', '#EXT-X-VERSION:7', `#EXT-X-TARGETDURATION:${playlist.targetDuration}`, `#EXT-X-MEDIA-SEQUENCE:${playlist.mediaSequence}`]
  if (playlist.discontinuitySequence > 0) lines.push(`#EXT-X-DISCONTINUITY-SEQUENCE:${playlist.discontinuitySequence}`)
  if (type === 'vod') lines.push('#EXT-X-PLAYLIST-TYPE:VOD')
  lines.push('#EXT-X-INDEPENDENT-SEGMENTS')
  let run: string | undefined
  for (const segment of playlist.segments) {
    if (segment.discontinuity) lines.push('#EXT-X-DISCONTINUITY')
    if (segment.run !== run) lines.push(`#EXT-X-MAP:URI="${segment.run}/${INIT_FILE}"`)
    run = segment.run
    if (segment.programDateTime) lines.push(`#EXT-X-PROGRAM-DATE-TIME:${segment.programDateTime}`)
    lines.push(`#EXTINF:${segment.duration.toFixed(6)},`, `${segment.run}/${segment.file}`)
  }
  if (playlist.ended) lines.push('#EXT-X-ENDLIST')
  return `${lines.join('\n')}\n`
}

/** Reads what `composePlaylist` wrote, so that another life of the bridge can go on with it. */
export function parsePlaylist(text: string, segmentSeconds: number): LivePlaylist {
  const number = (name: string, fallback: number) => Number(new RegExp(`^#EXT-X-${name}:(\\d+)$`, 'm').exec(text)?.[1] ?? fallback)
  const segments: HlsSegment[] = []
  let pending = { duration: 0, programDateTime: '', discontinuity: false }
  for (const line of text.split('\n')) {
    if (line === '#EXT-X-DISCONTINUITY') pending.discontinuity = true
    else if (line.startsWith('#EXT-X-PROGRAM-DATE-TIME:')) pending.programDateTime = line.slice('#EXT-X-PROGRAM-DATE-TIME:'.length)
    else if (line.startsWith('#EXTINF:')) pending.duration = Number.parseFloat(line.slice('#EXTINF:'.length))
    else if (line !== '' && !line.startsWith('#')) {
      const [run = '', file = ''] = line.split('/')
      segments.push({ run, file, ...pending })
      pending = { duration: 0, programDateTime: '', discontinuity: false }
    }
  }
  return {
    mediaSequence: number('MEDIA-SEQUENCE', 0),
    discontinuitySequence: number('DISCONTINUITY-SEQUENCE', 0),
    targetDuration: number('TARGETDURATION', segmentSeconds + 1),
    segments,
    ended: /^#EXT-X-ENDLIST$/m.test(text),
  }
}
