import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LikeCounter } from '../../../../web/chat/LikeCounter.ts'
import { LIKES_AT_ONCE } from '../../../../web/chat/chatLimits.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a burst is sent in requests of the allowed size, one every 500 ms', async () => {
  const sent: number[] = []
  const likes = new LikeCounter(async (count) => (sent.push(count), sent.reduce((sum, one) => sum + one, 0)))
  for (let tap = 0; tap < 45; tap++) likes.like()
  expect(likes.total).toBe(45)
  await vi.advanceTimersByTimeAsync(200)
  expect(sent).toEqual([LIKES_AT_ONCE])
  await vi.advanceTimersByTimeAsync(500)
  expect(sent).toEqual([LIKES_AT_ONCE, 15])
  expect(likes.total).toBe(45)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(sent.length).toBe(2)
})

test('hearts fly at once for one’s own, and once only for those that come back among everyone’s', async () => {
  const hearts: [number, boolean][] = []
  const likes = new LikeCounter(async () => 1)
  likes.onHearts((count, own) => hearts.push([count, own]))
  likes.like()
  await vi.advanceTimersByTimeAsync(200)
  likes.liked(1, 1)
  likes.liked(4, 5)
  expect(hearts).toEqual([[1, true], [4, false]])
  expect(likes.total).toBe(5)
})

test('likes that could not be given are let go', async () => {
  const likes = new LikeCounter(() => Promise.reject(new Error('away')))
  likes.told(7)
  likes.like()
  expect(likes.total).toBe(8)
  await vi.advanceTimersByTimeAsync(200)
  expect(likes.total).toBe(7)
})
