// A tag's header tells codec, kind and composition time, in the classic and in the enhanced form.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeAudio, describeVideo } from '../../../../bridge/flv/describeTag.ts'

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex')
const fourCc = (text: string) => Buffer.from(text, 'latin1').toString('hex')

describe('classic video', () => {
  test.each([
    ['an H.264 sequence header', '17 00 000000 01', { codec: 'h264', kind: 'sequence', compositionTimeMs: 0, bodyOffset: 5 }],
    ['an H.264 keyframe', '17 01 000043 00', { codec: 'h264', kind: 'keyframe', compositionTimeMs: 67 }],
    ['an H.264 frame with a negative composition time', '27 01 ffffd8 00', { codec: 'h264', kind: 'inter', compositionTimeMs: -40 }],
    ['the end of a sequence', '17 02 000000', { codec: 'h264', kind: 'end' }],
    ['HEVC by its unofficial number', '1c 00 000000', { codec: 'hevc', kind: 'sequence' }],
    ['Sorenson H.263', '12 00', { codec: 'other', kind: 'keyframe', bodyOffset: 1 }],
    ['a command frame', '57 00', { kind: 'metadata' }],
  ])('%s', (_name, bytes, expected) => {
    expect(describeVideo(hex(bytes))).toMatchObject({ enhanced: false, ...expected })
  })
})

describe('enhanced video', () => {
  test.each([
    ['an HEVC sequence start', `90 ${fourCc('hvc1')} 01`, { codec: 'hevc', fourCc: 'hvc1', kind: 'sequence', compositionTimeMs: 0, bodyOffset: 5 }],
    ['an HEVC keyframe with composition time', `91 ${fourCc('hvc1')} 000021 00`, { codec: 'hevc', kind: 'keyframe', compositionTimeMs: 33, bodyOffset: 8 }],
    ['an HEVC frame without composition time', `a3 ${fourCc('hvc1')} 00`, { codec: 'hevc', kind: 'inter', compositionTimeMs: 0, bodyOffset: 5 }],
    ['an AV1 keyframe, which has no composition time', `91 ${fourCc('av01')} 000021`, { codec: 'av1', kind: 'keyframe', compositionTimeMs: 0, bodyOffset: 5 }],
    ['a VP9 frame', `a1 ${fourCc('vp09')} 00`, { codec: 'vp9', kind: 'inter' }],
    ['H.264 with a fourCC', `90 ${fourCc('avc1')} 01`, { codec: 'h264', kind: 'sequence' }],
    ['a sequence end', `92 ${fourCc('hvc1')}`, { kind: 'end' }],
    ['HDR metadata', `94 ${fourCc('hvc1')} 02`, { kind: 'metadata' }],
    ['a codec nobody knows', `91 ${fourCc('zzzz')} 00`, { codec: 'other', kind: 'keyframe', fourCc: 'zzzz' }],
    ['a frame behind a ModEx prefix', `97 02 000000 01 ${fourCc('hvc1')} 000021 00`, { codec: 'hevc', kind: 'keyframe', compositionTimeMs: 33, bodyOffset: 13 }],
    ['a frame behind a long ModEx prefix', `97 ff 0000 aa 03 ${fourCc('hvc1')} 00`, { codec: 'hevc', kind: 'keyframe', bodyOffset: 10 }],
    ['one track of several', `96 01 ${fourCc('hvc1')} 07 000000`, { codec: 'hevc', kind: 'keyframe', bodyOffset: 10 }],
    ['many tracks of many codecs', `96 20 ${fourCc('av01')} 00 000001 00`, { codec: 'av1', kind: 'sequence', bodyOffset: 10 }],
    ['a command frame', 'd1 00', { kind: 'metadata' }],
  ])('%s', (_name, bytes, expected) => {
    expect(describeVideo(hex(bytes))).toMatchObject({ enhanced: true, ...expected })
  })
})

describe('audio', () => {
  test.each([
    ['an AAC sequence header', 'af 00 12 10', { codec: 'aac', kind: 'sequence', enhanced: false, bodyOffset: 2 }],
    ['an AAC frame', 'af 01 21', { codec: 'aac', kind: 'frame' }],
    ['an MP3 frame', '2f ff', { codec: 'mp3', kind: 'frame', bodyOffset: 1 }],
    ['Opus by its fourCC', `90 ${fourCc('Opus')} 4f`, { codec: 'opus', kind: 'sequence', enhanced: true, bodyOffset: 5 }],
    ['an enhanced AAC frame', `91 ${fourCc('mp4a')} 21`, { codec: 'aac', kind: 'frame' }],
    ['a channel map', `94 ${fourCc('Opus')} 00`, { codec: 'opus', kind: 'metadata' }],
    ['a multitrack frame', `95 01 ${fourCc('Opus')} 00 aa`, { codec: 'opus', kind: 'frame', bodyOffset: 7 }],
  ])('%s', (_name, bytes, expected) => {
    expect(describeAudio(hex(bytes))).toMatchObject(expected)
  })
})

test.each(['', '17 01 0000', '91 687663', '97 02 0000', 'af', '90 4f70'])('the cut tag "%s" is not described', (bytes) => {
  const data = hex(bytes)
  expect([describeVideo(data), describeAudio(data)]).toContain(undefined)
})

test('no bytes make it throw, and the body never starts behind the end', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const data = Buffer.from(bytes)
      expect(describeVideo(data)?.bodyOffset ?? 0).toBeLessThanOrEqual(data.length)
      expect(describeAudio(data)?.bodyOffset ?? 0).toBeLessThanOrEqual(data.length)
    }),
    { numRuns: 5_000 },
  )
})
