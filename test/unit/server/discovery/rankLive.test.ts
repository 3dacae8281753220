// The home page's order: one formula, whose promises these are.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rankLive, scoreLive, weights } from '../../../../server/discovery/rankLive.ts'
import type { RankInput } from '../../../../server/discovery/rankLive.ts'

const NOW = Date.parse('2026-11-22T20:00:00Z')
const MINUTE = 60_000
const show = (change: Partial<RankInput> = {}): RankInput => ({ viewers: 10, viewersBefore: null, liveAt: NOW - 60 * MINUTE, followed: false, ...change })
const score = (change: Partial<RankInput>) => scoreLive(show(change), NOW)

test('more viewers never rank lower, whatever else is so', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(1_000_000), fc.option(fc.nat(1_000_000)), fc.nat(10_000), fc.boolean(), (one, other, viewersBefore, minutes, followed) => {
      const [fewer, more] = one < other ? [one, other] : [other, one]
      const common = { viewersBefore, liveAt: NOW - minutes * MINUTE, followed }
      expect(score({ ...common, viewers: more })).toBeGreaterThanOrEqual(score({ ...common, viewers: fewer }))
    }),
  )
})

test('freshness decays: each half-life is worth half of what it was', () => {
  const extra = (minutes: number) => score({ liveAt: NOW - minutes * MINUTE }) - score({ liveAt: 0 })
  expect(extra(0)).toBeCloseTo(weights.freshness)
  expect(extra(20)).toBeCloseTo(weights.freshness / 2)
  expect(extra(40)).toBeCloseTo(weights.freshness / 4)
})

test('a room that fills goes up, one that empties goes down, both within bounds', () => {
  expect(score({ viewersBefore: 5 })).toBeGreaterThan(score({ viewersBefore: 10 }))
  expect(score({ viewersBefore: 10 })).toBeGreaterThan(score({ viewersBefore: 40 }))
  expect(score({ viewers: 100_000, viewersBefore: 0 }) - score({ viewers: 100_000 })).toBeCloseTo(weights.growth * weights.growthLimit)
  expect(score({ viewersBefore: 10 })).toBe(score({ viewersBefore: null }))
})

test('whom one follows is worth an eight times larger audience', () => {
  expect(score({ viewers: 99, followed: true })).toBeGreaterThan(score({ viewers: 750 }))
  expect(score({ viewers: 99, followed: true })).toBeLessThan(score({ viewers: 900 }))
})

test('equals keep a steady order, and a clock that is behind does no harm', () => {
  const [old, young] = [show({ liveAt: 1000 }), show({ liveAt: 2000 })]
  expect(rankLive([young, old], NOW)).toEqual([old, young])
  expect(score({ liveAt: NOW + MINUTE })).toBe(score({ liveAt: NOW }))
})
