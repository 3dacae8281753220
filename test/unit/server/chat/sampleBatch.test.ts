// A room that overflows loses strangers' messages first, evenly, and never what matters.
import { expect, test } from 'vitest'
import { refill, sampleBatch, SHOWN_PER_SECOND } from '../../../../server/chat/sampleBatch.ts'
import type { Heard } from '../../../../server/chat/sampleBatch.ts'
import type { ChatMessage } from '../../../../server/contract/chat.ts'

const heard = (seq: number, { important = false, mentions = [] as string[] } = {}): Heard => ({ important, message: { seq, mentions } as unknown as ChatMessage })
const seqs = (messages: readonly ChatMessage[]) => messages.map(({ seq }) => seq)
const row = (count: number, from = 1) => Array.from({ length: count }, (_none, index) => heard(index + from))

test('what fits is shown whole', () => {
  const { shown, skipped, allowance } = sampleBatch(row(5), 30)
  expect(seqs(shown)).toEqual([1, 2, 3, 4, 5])
  expect(skipped).toEqual([])
  expect(allowance).toBe(25)
})

test('strangers are thinned out evenly, and the order stays', () => {
  const { shown, skipped, allowance } = sampleBatch(row(10), 5)
  expect(seqs(shown)).toEqual([2, 4, 6, 8, 10])
  expect(seqs(skipped)).toEqual([1, 3, 5, 7, 9])
  expect(allowance).toBe(0)
})

test('the host, moderators and lines are always shown, and take from the allowance', () => {
  const batch = [...row(4), heard(5, { important: true }), heard(6, { important: true })]
  const { shown, allowance } = sampleBatch(batch, 3)
  expect(seqs(shown)).toEqual([4, 5, 6])
  expect(allowance).toBe(0)
  expect(seqs(sampleBatch(batch, 0).shown)).toEqual([5, 6])
})

test('mentions come before other strangers', () => {
  expect(seqs(sampleBatch([...row(3), heard(4, { mentions: ['anna'] }), heard(5, { mentions: ['ben'] })], 2).shown)).toEqual([4, 5])
})

test('every message is either shown or skipped', () => {
  const batch = [...row(37), heard(38, { important: true }), heard(39, { mentions: ['anna'] })]
  const { shown, skipped } = sampleBatch(batch, 7.5)
  expect([...seqs(shown), ...seqs(skipped)].toSorted((a, b) => a - b)).toEqual(batch.map(({ message }) => message.seq))
})

test('the allowance comes back by the second and never saves up more', () => {
  expect(refill(0, 100)).toBeCloseTo(SHOWN_PER_SECOND / 10)
  expect(refill(20, 60_000)).toBe(SHOWN_PER_SECOND)
  expect(refill(5, -1)).toBe(5)
})
