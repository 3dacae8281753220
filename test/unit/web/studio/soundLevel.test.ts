// The level meter's scale.
import { expect, test } from 'vitest'
import { soundLevel } from '../../../../web/studio/soundLevel.ts'

test('silence is 0, full scale is 1, and -30 dB is the middle', () => {
  expect(soundLevel(new Float32Array(64))).toBe(0)
  expect(soundLevel(new Float32Array(64).fill(1))).toBeCloseTo(1)
  expect(soundLevel(new Float32Array(64).fill(10 ** (-30 / 20)))).toBeCloseTo(0.5)
})
