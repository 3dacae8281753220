// What the whole of a kept show costs.
import { expect, test } from 'vitest'
import { replayPrice } from '../../../../server/tickets/replayPrice.ts'

test('a ticket costs what it did; of a show by the minute every begun minute counts, less what was paid', () => {
  const show = { kind: 'show' as const, price: '200', previewSeconds: 0 }
  const minute = { kind: 'minute' as const, price: '10', previewSeconds: 0 }
  expect(replayPrice(show, { durationMs: 3_600_000, spent: 0n })).toBe(200n)
  expect(replayPrice(minute, { durationMs: 90_000, spent: 0n })).toBe(20n)
  expect(replayPrice(minute, { durationMs: 600_000, spent: 30n })).toBe(70n)
  expect(replayPrice(minute, { durationMs: 600_000, spent: 100n })).toBe(0n)
  expect(replayPrice(minute, { durationMs: 600_000, spent: 500n })).toBe(0n)
  expect(replayPrice(minute, { durationMs: 0, spent: 0n })).toBe(10n)
})
