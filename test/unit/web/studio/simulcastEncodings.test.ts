// How many sizes of a picture go out.
import { expect, test } from 'vitest'
import { simulcastEncodings } from '../../../../web/studio/simulcastEncodings.ts'

const sent = (width: number, height: number) => simulcastEncodings({ width, height, maxBitrate: 2_700_000 })

test('from 960x540 three layers go out, the smallest first', () => {
  expect(sent(1280, 720).map(({ scaleResolutionDownBy }) => scaleResolutionDownBy)).toEqual([4, 2, 1])
  expect(sent(960, 540)).toHaveLength(3)
  expect(sent(540, 960)).toHaveLength(3)
})

test('smaller pictures have fewer', () => {
  expect(sent(640, 360)).toHaveLength(2)
  expect(sent(320, 240)).toEqual([{ scaleResolutionDownBy: 1, maxBitrate: 2_700_000 }])
  expect(sent(0, 0)).toHaveLength(1)
})

test('the largest layer has the bitrate that was chosen, each smaller one a third', () => {
  expect(sent(1280, 720).map(({ maxBitrate }) => maxBitrate)).toEqual([300_000, 900_000, 2_700_000])
})

test('layers carry names, as simulcast asks', () => {
  expect(sent(1280, 720).map(({ rid }) => rid)).toEqual(['r0', 'r1', 'r2'])
})
