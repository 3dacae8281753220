import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ProgressWatch } from '../../../../bridge/ffmpeg/ProgressWatch.ts'
import { Supervised } from '../../../../bridge/ffmpeg/Supervised.ts'
import { TextTail } from '../../../../bridge/ffmpeg/TextTail.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const budget = { firstDelayMs: 200, maxDelayMs: 800, restarts: 4, windowMs: 60_000, healthyMs: 10_000 }

test('restarts come ever later up to a limit, and end with the budget', () => {
  const delays: number[] = []
  const start = vi.fn()
  const onGiveUp = vi.fn()
  const supervised = new Supervised({ start, onRestart: (delay) => delays.push(delay), onGiveUp, budget, now: () => Date.now() })
  supervised.start()
  for (let life = 0; life < 5; life += 1) {
    supervised.failed('died')
    vi.advanceTimersByTime(1_000)
  }
  expect(delays).toEqual([200, 400, 800, 800])
  expect(start).toHaveBeenCalledTimes(5)
  expect(onGiveUp).toHaveBeenCalledExactlyOnceWith('died')
})

test('after a healthy life the delay is the first again; a stopped one is not restarted', () => {
  const delays: number[] = []
  const start = vi.fn()
  const supervised = new Supervised({ start, onRestart: (delay) => delays.push(delay), onGiveUp: () => undefined, budget, now: () => Date.now() })
  supervised.start()
  supervised.failed('died')
  vi.advanceTimersByTime(11_000)
  supervised.failed('died')
  supervised.stop()
  vi.advanceTimersByTime(11_000)
  expect(delays).toEqual([200, 200])
  expect(start).toHaveBeenCalledTimes(2)
})

test('an ffmpeg that is fed but makes nothing is noticed once; one without input is not', () => {
  let now = 0
  const onStall = vi.fn()
  const watch = new ProgressWatch({ stallMs: 1_000, onStall, now: () => now })
  const pass = (ms: number, fed: boolean) => {
    for (let step = 0; step < ms; step += 100) {
      now += 100
      if (fed) watch.fed()
      watch.check()
    }
  }
  pass(5_000, false)
  pass(900, true)
  expect(watch.line('out_time_us=40000')).toBe(true)
  pass(900, true)
  expect(onStall).not.toHaveBeenCalled()
  watch.line('out_time_us=40000')
  pass(2_000, true)
  expect(onStall).toHaveBeenCalledOnce()
  expect(watch.line('[flv] something is wrong')).toBe(false)
  watch.close()
})

test('only the end of a long text is kept', () => {
  const tail = new TextTail(10)
  for (let index = 0; index < 1_000; index += 1) tail.push(`${index},`)
  expect(tail.toString()).toBe(',998,999,'.padStart(10, '7'))
})
