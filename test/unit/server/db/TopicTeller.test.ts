import { expect, test, vi } from 'vitest'
import { TopicTeller } from '../../../../server/db/TopicTeller.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('so many are told at a time, and the next when one has ended, well or not', async () => {
  const ends: Array<(error?: Error) => void> = []
  const told: number[] = []
  const failed: number[] = []
  const teller = new TopicTeller<number>({
    tell: () => new Promise<void>((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve()))),
    onTold: (row) => told.push(row),
    onFailed: (row) => failed.push(row),
  })
  for (let row = 0; row < 40; row += 1) teller.add(row)
  await settled()
  expect(ends).toHaveLength(32)
  expect(teller.waiting).toBe(8)
  ends[0]?.()
  ends[1]?.(new Error('no'))
  await settled()
  expect([told, failed, ends.length]).toEqual([[0], [1], 34])
})

test('who never answers has failed after a while, and makes room', async () => {
  vi.useFakeTimers()
  const failed: unknown[] = []
  const teller = new TopicTeller<string>({ tell: () => new Promise(() => undefined), onTold: () => undefined, onFailed: (row, error) => failed.push([row, String(error)]) })
  teller.add('stuck')
  await vi.advanceTimersByTimeAsync(15_000)
  expect(failed).toEqual([['stuck', 'Error: It was not told within 15000 ms']])
  vi.useRealTimers()
})

test('a handler that throws at once has failed like any other', async () => {
  const failed: string[] = []
  const teller = new TopicTeller<string>({
    tell: () => {
      throw new Error('not even a promise')
    },
    onTold: () => undefined,
    onFailed: (row) => failed.push(row),
  })
  teller.add('one')
  await settled()
  expect(failed).toEqual(['one'])
})

test('stopping leaves off what was not begun and waits for what was', async () => {
  let end = () => {}
  const told: number[] = []
  const teller = new TopicTeller<number>({ tell: () => new Promise<void>((resolve) => (end = resolve)), onTold: (row) => told.push(row), onFailed: () => undefined })
  teller.add(1)
  await settled()
  const stopped = teller.stop()
  end()
  await stopped
  expect(told).toEqual([1])
})
