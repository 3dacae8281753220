import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { TapReader } from '../../../../web/player/TapReader.ts'

let done: string[]
let taps: TapReader
beforeEach(() => {
  vi.useFakeTimers()
  done = []
  taps = new TapReader({ onTouch: () => done.push('touch'), onClick: () => done.push('click'), onDouble: () => done.push('double') })
})
afterEach(() => void vi.useRealTimers())

test('a single touch acts after a quarter of a second', () => {
  taps.touch()
  expect(done).toEqual([])
  vi.advanceTimersByTime(300)
  expect(done).toEqual(['touch'])
})

test('a double touch is no touch, and who goes on tapping goes on liking', () => {
  taps.touch()
  vi.advanceTimersByTime(150)
  taps.touch()
  vi.advanceTimersByTime(400)
  taps.touch()
  vi.advanceTimersByTime(1_000)
  expect(done).toEqual(['double', 'double'])
})

test('a click acts at once, and a double click undoes it', () => {
  taps.click()
  expect(done).toEqual(['click'])
  vi.advanceTimersByTime(150)
  taps.click()
  expect(done).toEqual(['click', 'click', 'double'])
  vi.advanceTimersByTime(100)
  taps.click()
  expect(done.at(-1)).toBe('click')
})

test('where nothing is liked nobody waits', () => {
  taps.options = { ...taps.options, onDouble: null }
  taps.touch()
  expect(done).toEqual(['touch'])
})
