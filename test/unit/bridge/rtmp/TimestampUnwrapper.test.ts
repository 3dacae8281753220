// A show of more than 49 days keeps one clock.
import { expect, test } from 'vitest'
import { TimestampUnwrapper } from '../../../../bridge/rtmp/TimestampUnwrapper.ts'

function unwrapAll(timestamps: readonly number[]): number[] {
  const clock = new TimestampUnwrapper()
  return timestamps.map((timestamp) => clock.unwrap(timestamp))
}

test('time goes on over the 32-bit wrap, also for the late one of audio and video', () => {
  expect(unwrapAll([0xfffffff0, 10, 0xfffffffa, 40])).toEqual([0xfffffff0, 0x1_0000_000a, 0xfffffffa, 0x1_0000_0028])
})

test('small steps back are kept, so that audio and video stay in step', () => {
  expect(unwrapAll([100, 90, 120])).toEqual([100, 90, 120])
})

test('time is never negative', () => {
  expect(unwrapAll([5, 0xfffffff0])).toEqual([5, 0xfffffff0])
})
