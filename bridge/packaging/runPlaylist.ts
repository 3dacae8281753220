// Reads the playlist that ffmpeg keeps for one run.

export type RunSegment = { readonly file: string; readonly duration: number; readonly programDateTime: string }

/** The finished segments ffmpeg lists, oldest first; lines it does not know are passed over. */
export function parseRunPlaylist(text: string): RunSegment[] {
  const segments: RunSegment[] = []
  let duration: number | undefined
  let programDateTime = ''
  for (const line of text.split('\n').map((entry) => entry.trim())) {
    if (line.startsWith('#EXTINF:')) duration = Number.parseFloat(line.slice('#EXTINF:'.length))
    else if (line.startsWith('#EXT-X-PROGRAM-DATE-TIME:')) programDateTime = isoTime(line.slice('#EXT-X-PROGRAM-DATE-TIME:'.length))
    else if (line !== '' && !line.startsWith('#') && duration !== undefined) {
      segments.push({ file: line.split('/').at(-1) ?? line, duration, programDateTime })
      duration = undefined
    }
  }
  return segments
}

function isoTime(text: string): string {
  const time = Date.parse(text)
  return Number.isNaN(time) ? '' : new Date(time).toISOString()
}
