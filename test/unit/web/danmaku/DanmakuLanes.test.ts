import { expect, test } from 'vitest'
import { DanmakuLanes } from '../../../../web/danmaku/DanmakuLanes.ts'
import type { DanmakuItem, LaneOptions } from '../../../../web/danmaku/DanmakuLanes.ts'

const lanesOf = (change: Partial<LaneOptions> = {}) => new DanmakuLanes({ width: 1_000, lanes: 3, crossMs: 8_000, limit: 50, ...change })
let ids = 0
const item = (change: Partial<DanmakuItem> = {}): DanmakuItem => ({ id: `m${++ids}`, text: `words ${ids}`, width: 200, position: 'scroll', rank: 0, ...change })

test('messages at the same moment take lanes of their own', () => {
  const lanes = lanesOf()
  for (let at = 0; at < 3; at++) lanes.offer(item(), 0)
  expect(lanes.step(0).map(({ lane }) => lane)).toEqual([0, 1, 2])
})

test('no two messages of a lane ever touch, whatever their lengths', () => {
  const lanes = lanesOf({ lanes: 1 })
  const placed: { start: number; width: number; forMs: number }[] = []
  let seed = 7
  for (let now = 0; now < 120_000; now += 16) {
    seed = (seed * 48_271) % 2_147_483_647
    if (seed % 9 === 0) lanes.offer(item({ width: 40 + (seed % 700) }), now)
    for (const { item: shown, forMs } of lanes.step(now)) placed.push({ start: now, width: shown.width, forMs })
  }
  expect(placed.length).toBeGreaterThan(10)
  const headAt = (one: (typeof placed)[number], now: number) => 1_000 - ((1_000 + one.width) / one.forMs) * (now - one.start)
  for (const [at, later] of placed.entries()) {
    const earlier = placed[at - 1]
    if (earlier === undefined) continue
    for (let now = later.start; now < earlier.start + earlier.forMs; now += 50) expect(headAt(later, now)).toBeGreaterThanOrEqual(headAt(earlier, now) + earlier.width)
  }
})

test('scrolling and fixed messages keep out of each other’s lanes while others are free', () => {
  const lanes = lanesOf({ lanes: 2 })
  lanes.offer(item({ position: 'top' }), 0)
  expect(lanes.step(0).map(({ lane }) => lane)).toEqual([0])
  lanes.offer(item(), 100)
  lanes.offer(item({ rank: 1 }), 100)
  expect(lanes.step(100).map(({ item: { rank }, lane }) => [rank, lane])).toEqual([
    [1, 1],
    [0, 0],
  ])
  expect(lanes.step(4_000)).toEqual([])
  lanes.clear()
  lanes.offer(item(), 5_000)
  lanes.step(5_000)
  lanes.offer(item({ position: 'top' }), 5_100)
  expect(lanes.step(5_100).map(({ lane }) => lane)).toEqual([1])
})

test('the same words are counted on the message that flies', () => {
  const lanes = lanesOf()
  const first = item({ text: '666' })
  expect(lanes.offer(first, 0)).toBeNull()
  lanes.step(0)
  expect(lanes.offer(item({ text: ' 666' }), 100)).toEqual({ id: first.id, count: 2 })
  expect(lanes.offer(item({ text: '６６６' }), 200)).toEqual({ id: first.id, count: 3 })
  expect(lanes.step(300)).toEqual([])
  expect(lanes.offer(item({ text: '666' }), 7_000)).toBeNull()
})

test('one’s own message flies by itself even when it repeats', () => {
  const lanes = lanesOf()
  lanes.offer(item({ text: 'hi' }), 0)
  expect(lanes.offer(item({ text: 'hi', rank: 2 }), 10)).toBeNull()
})

test('no more fly at once than the limit, but one’s own always may', () => {
  const lanes = lanesOf({ lanes: 20, limit: 4 })
  for (let at = 0; at < 10; at++) lanes.offer(item(), 0)
  lanes.offer(item({ rank: 2 }), 0)
  const placed = lanes.step(0)
  expect(placed.length).toBe(4)
  expect(placed[0]?.item.rank).toBe(2)
})

test('when it is full strangers are dropped before those of rank', () => {
  const lanes = lanesOf({ lanes: 1 })
  lanes.offer(item(), 0)
  lanes.step(0)
  const keeper = item({ rank: 1 })
  lanes.offer(keeper, 10)
  for (let at = 0; at < 200; at++) lanes.offer(item(), 20)
  const placed: string[] = []
  for (let now = 20; now < 5_000; now += 20) placed.push(...lanes.step(now).map(({ item: { id } }) => id))
  expect(placed[0]).toBe(keeper.id)
  expect(lanes.busy).toBe(false)
})

test('strangers who waited too long are old news', () => {
  const lanes = lanesOf({ lanes: 1, crossMs: 60_000 })
  lanes.offer(item(), 0)
  lanes.step(0)
  lanes.offer(item(), 10)
  lanes.step(2_000)
  expect(lanes.busy).toBe(false)
})

test('fixed messages share no lane while they stay, and do not hinder those that fly', () => {
  const lanes = lanesOf({ lanes: 2 })
  for (let at = 0; at < 3; at++) lanes.offer(item({ position: 'top' }), 0)
  lanes.offer(item(), 0)
  expect(lanes.step(0).map(({ item: { position }, lane, forMs }) => [position, lane, forMs])).toEqual([['top', 0, 4_000], ['top', 1, 4_000], ['scroll', 0, 8_000]])
})

test('a removed message gives its lane back', () => {
  const lanes = lanesOf({ lanes: 1 })
  const first = item()
  lanes.offer(first, 0)
  lanes.step(0)
  lanes.remove(first.id)
  lanes.offer(item(), 10)
  expect(lanes.step(10).length).toBe(1)
})
