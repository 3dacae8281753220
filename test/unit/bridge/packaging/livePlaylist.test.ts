import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HlsSegment } from '../../../../bridge/packaging/HlsSegment.ts'
import { appendSegment, composePlaylist, emptyPlaylist, parsePlaylist } from '../../../../bridge/packaging/livePlaylist.ts'
import { composeMaster } from '../../../../bridge/packaging/masterPlaylist.ts'
import { parseRunPlaylist } from '../../../../bridge/packaging/runPlaylist.ts'

const segment = (run: number, index: number, discontinuity = false): HlsSegment => ({ run: `run-${run}`, file: `seg-0000${index}.m4s`, duration: 2, programDateTime: '2026-01-01T00:00:00.000Z', discontinuity })

test('the window moves: sequence numbers count segments and discontinuities that left it', () => {
  let playlist = emptyPlaylist(2)
  for (const next of [segment(1, 0), segment(2, 0, true), segment(2, 1), segment(2, 2), segment(2, 3)]) playlist = appendSegment(playlist, next, 3).playlist
  expect(playlist).toMatchObject({ mediaSequence: 2, discontinuitySequence: 1, targetDuration: 3 })
  expect(composePlaylist(playlist)).toBe(
    `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:3
#EXT-X-MEDIA-SEQUENCE:2
#EXT-X-DISCONTINUITY-SEQUENCE:1
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MAP:URI="run-2/init.mp4"
${[1, 2, 3].map((index) => `#EXT-X-PROGRAM-DATE-TIME:2026-01-01T00:00:00.000Z\n#EXTINF:2.000000,\nrun-2/seg-0000${index}.m4s\n`).join('')}`,
  )
})

test('whatever was written is read back the same, so that another life can go on', () => {
  const runs = fc.array(fc.record({ newRun: fc.boolean(), milliseconds: fc.integer({ min: 100, max: 20_000 }) }), { maxLength: 40 })
  fc.assert(
    fc.property(runs, fc.integer({ min: 3, max: 10 }), fc.boolean(), (steps, window, ended) => {
      let playlist = emptyPlaylist(2)
      let run = 1
      steps.forEach(({ newRun, milliseconds }, index) => {
        if (newRun && index > 0) run += 1
        playlist = appendSegment(playlist, { ...segment(run, index % 10, newRun && index > 0), duration: milliseconds / 1_000 }, window).playlist
      })
      const final = { ...playlist, ended }
      expect(parsePlaylist(composePlaylist(final), 2)).toEqual(final)
      expect(Math.max(0, ...final.segments.map(({ duration }) => Math.round(duration)))).toBeLessThanOrEqual(final.targetDuration)
    }),
  )
})

test('ffmpeg’s own playlist of a run is understood', () => {
  const text = '#EXTM3U\n#EXT-X-MAP:URI="init.mp4"\n#EXTINF:2.002000,\n#EXT-X-PROGRAM-DATE-TIME:2026-11-22T18:01:14.725+0000\n/media/run-1/seg-00007.m4s\n#EXT-X-ENDLIST\n'
  expect(parseRunPlaylist(text)).toEqual([{ file: 'seg-00007.m4s', duration: 2.002, programDateTime: '2026-11-22T18:01:14.725Z' }])
})

test('a master playlist leaves out what is not known', () => {
  const facts = { codecs: ['mp4a.40.2'], width: 0, height: 0, peak: 99.2, average: 80, frameRate: 0 }
  expect(composeMaster(facts, 'media.m3u8')).toContain('#EXT-X-STREAM-INF:BANDWIDTH=100,AVERAGE-BANDWIDTH=80,CODECS="mp4a.40.2"\nmedia.m3u8\n')
})
