// Promises of playing an effect: it ends when the file does, and a broken, slow or endless file ends too.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { playEffect } from '../../../../web/gifts/playEffect.ts'
import type { EffectPlayer } from '../../../../web/gifts/playEffect.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function play(player: EffectPlayer, signal = new AbortController().signal) {
  const load = { lottie: async () => player, svga: async () => player, video: async () => player }
  let over = false
  void playEffect({ root: {} as HTMLElement, url: '/x.json', effect: 'lottie', durationMs: 1_000, signal, load }).then(() => (over = true))
  return { isOver: () => over }
}

test('it is over when the player says so, and closed', async () => {
  const close = vi.fn()
  const played = play(async () => ({ ended: Promise.resolve(), close }))
  await vi.advanceTimersByTimeAsync(1)
  expect(played.isOver()).toBe(true)
  expect(close).toHaveBeenCalled()
})

test('a broken file is over at once', async () => {
  const played = play(async () => Promise.reject(new Error('broken')))
  await vi.advanceTimersByTimeAsync(1)
  expect(played.isOver()).toBe(true)
})

test('a file that never begins is given up after eight seconds, and closed should it begin later', async () => {
  const close = vi.fn()
  let begin = () => undefined as void
  const played = play(() => new Promise((resolve) => (begin = () => resolve({ ended: Promise.resolve(), close }))))
  await vi.advanceTimersByTimeAsync(8_000)
  expect(played.isOver()).toBe(true)
  begin()
  await vi.advanceTimersByTimeAsync(1)
  expect(close).toHaveBeenCalled()
})

test('one that never ends is stopped a little after its duration, and one that is skipped at once', async () => {
  const endless: EffectPlayer = async () => ({ ended: new Promise(() => undefined), close: () => undefined })
  const played = play(endless)
  await vi.advanceTimersByTimeAsync(4_100)
  expect(played.isOver()).toBe(true)
  const abort = new AbortController()
  const skipped = play(endless, abort.signal)
  await vi.advanceTimersByTimeAsync(10)
  abort.abort()
  await vi.advanceTimersByTimeAsync(1)
  expect(skipped.isOver()).toBe(true)
})
