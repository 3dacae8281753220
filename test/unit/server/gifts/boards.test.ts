// Which rankings a gift counts for.
import { expect, test } from 'vitest'
import type { BroadcastId, ChannelId, UserId } from '../../../../server/contract/ids.ts'
import { periodName, sumsOf } from '../../../../server/gifts/boards.ts'

test.each([
  ['2026-11-22T23:59:59.999Z', 'day:2026-11-22', 'week:2026-11-16'],
  ['2026-11-23T00:00:00.000Z', 'day:2026-11-23', 'week:2026-11-23'],
  ['2027-01-01T12:00:00.000Z', 'day:2027-01-01', 'week:2026-12-28'],
  ['2024-02-29T00:00:00.000Z', 'day:2024-02-29', 'week:2024-02-26'],
])('%s lies in %s and %s', (at, day, week) => {
  expect(periodName('day', Date.parse(at))).toBe(day)
  expect(periodName('week', Date.parse(at))).toBe(week)
  expect(periodName('all', Date.parse(at))).toBe('all')
})

test('two gifts of one sender to one host in one show are one sum in each ranking', () => {
  const gift = { channelId: 'channel' as ChannelId, senderId: 'sender' as UserId, broadcastId: 'show' as BroadcastId, at: Date.parse('2026-11-23T12:00:00Z') }
  const sums = sumsOf([
    { ...gift, total: 5n },
    { ...gift, total: 7n },
  ])
  expect(sums.map(({ board, period, subjectId, total }) => `${board} ${period} ${subjectId} ${total}`)).toEqual([
    'c:channel all sender 12',
    'c:channel day:2026-11-23 sender 12',
    'c:channel show:show sender 12',
    'c:channel week:2026-11-23 sender 12',
    'hosts all channel 12',
    'hosts day:2026-11-23 channel 12',
    'hosts week:2026-11-23 channel 12',
    'senders all sender 12',
    'senders day:2026-11-23 sender 12',
    'senders week:2026-11-23 sender 12',
  ])
})
