import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ReplayChat } from '../../../../web/chat/ReplayChat.ts'
import type { ChatMessage } from '../../../../server/contract/chat.ts'
import { chatMessage } from './message.ts'

const all = Array.from({ length: 3_000 }, (_, at) => chatMessage(at, { offsetMs: at * 100 }))
let loads: [number, number][]
let chat: ReplayChat
let answer: (from: number, to: number) => Promise<readonly ChatMessage[]>
beforeEach(() => {
  vi.useFakeTimers()
  loads = []
  answer = async (from, to) => all.filter(({ offsetMs }) => (offsetMs ?? 0) >= from && (offsetMs ?? 0) < to).slice(0, 500)
  chat = new ReplayChat({ load: (from, to) => (loads.push([from, to]), answer(from, to)), onFailed: () => undefined })
})
afterEach(() => void vi.useRealTimers())

const at = async (ms: number) => {
  chat.sync(ms)
  await vi.advanceTimersByTimeAsync(1)
  chat.sync(ms)
  await vi.advanceTimersByTimeAsync(1)
  chat.sync(ms)
}
const last = () => {
  const row = chat.snapshot.rows.at(-1)
  return row?.kind === 'message' ? row.message.offsetMs : null
}

test('what was said is shown when the picture is there, not before', async () => {
  await at(0)
  expect(chat.snapshot.rows.length).toBe(1)
  await at(1_000)
  expect(last()).toBe(1_000)
})

test('windows are asked for ahead, each once, and nothing is missing or doubled', async () => {
  const fresh: number[] = []
  chat.onFresh(({ seq }) => fresh.push(seq))
  await at(0)
  for (let ms = 250; ms <= 100_000; ms += 250) await at(ms)
  expect(fresh).toEqual(Array.from({ length: 1_000 }, (_, seq) => seq + 1))
  expect(loads.length).toBeLessThan(8)
})

test('a seek shows the lines before that moment, and lets none of them fly', async () => {
  const fresh: number[] = []
  await at(0)
  chat.onFresh(({ seq }) => fresh.push(seq))
  await at(200_000)
  expect(last()).toBe(200_000)
  expect(chat.snapshot.rows.length).toBeGreaterThan(100)
  await at(10_000)
  expect(last()).toBe(10_000)
  expect(fresh).toEqual([])
})

test('a failed window is asked for again after a while', async () => {
  const good = answer
  answer = () => Promise.reject(new Error('away'))
  await at(0)
  expect(loads.length).toBe(1)
  answer = good
  await vi.advanceTimersByTimeAsync(3_500)
  await at(300)
  expect(last()).toBe(300)
})
