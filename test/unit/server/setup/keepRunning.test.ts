import { expect, test } from 'vitest'
import { keepRunning } from '../../../../server/setup/keepRunning.ts'
import type { RunningService } from '../../../../server/setup/keepRunning.ts'
import type { Exit } from '../../../../server/setup/spawnTied.ts'

const log = (): void => undefined

interface Fake extends RunningService {
  crash: () => void
}

function fake(): Fake {
  let end: (exit: Exit) => void = () => undefined
  const exited = new Promise<Exit>((resolve) => (end = resolve))
  return { exited, crash: () => end({ code: 1, signal: null }), stop: async () => end({ code: 0, signal: null }) }
}

test('a crash is followed by a new start, later and later while it keeps crashing, and a stop by none', async () => {
  const starts: Fake[] = []
  const waits: number[] = []
  const start = async (): Promise<Fake> => {
    const service = fake()
    starts.push(service)
    return service
  }
  const wait = async (ms: number): Promise<void> => void waits.push(ms)
  const kept = keepRunning({ name: 'x', start, log, wait })
  await kept.ready
  for (let n = 1; n <= 7; n++) {
    starts.at(-1)?.crash()
    await expect.poll(() => starts.length, { interval: 2 }).toBe(n + 1)
  }
  expect(waits).toEqual([200, 400, 800, 1600, 3200, 5000, 5000])
  await kept.stop()
  await kept.stop()
  expect(starts).toHaveLength(8)
})

test('only the first start may fail', async () => {
  const failing = keepRunning({ name: 'x', start: () => Promise.reject(new Error('no')), log })
  await expect(failing.ready).rejects.toThrow('no')
  await failing.stop()

  let count = 0
  const service = fake()
  const kept = keepRunning({ name: 'x', log, start: async () => {
    count++
    if (count === 2) throw new Error('not yet')
    return count === 1 ? service : fake()
  } })
  await kept.ready
  service.crash()
  await expect.poll(() => count, { timeout: 5000 }).toBe(3)
  await kept.stop()
})

test('a stop while it is still starting waits for that start and ends it', async () => {
  const service = fake()
  let arrive: (value: RunningService) => void = () => undefined
  const kept = keepRunning({ name: 'x', log, start: () => new Promise((resolve) => (arrive = resolve)) })
  const stopped = kept.stop()
  arrive(service)
  await stopped
  expect((await service.exited).code).toBe(0)
})
