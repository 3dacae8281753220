import { expect, test } from 'vitest'
import { guardTerms } from '../../../../server/contract/guard.ts'
import { extendGuard, isTooFar, nextNoticeAt, noticeAt, termAt, viewStanding } from '../../../../server/guard/guardTime.ts'
import type { GuardTime } from '../../../../server/guard/guardTime.ts'

const DAY = 86_400_000
const now = new Date('2030-05-01T12:00:00Z')
const inDays = (days: number) => new Date(now.getTime() + days * DAY)
const daysLeft = (time: GuardTime) => guardTerms.map((term) => Math.max(0, (time[term].getTime() - now.getTime()) / DAY))

test('each term lasts its days, and is all that a shorter one is', () => {
  expect(daysLeft(extendGuard(null, 'week', now))).toEqual([7, 0, 0])
  expect(daysLeft(extendGuard(null, 'month', now))).toEqual([30, 30, 0])
  expect(daysLeft(extendGuard(null, 'year', now))).toEqual([365, 365, 365])
})

test('renewing extends from the present end, and the beginning stays', () => {
  const first = extendGuard(null, 'week', inDays(-4))
  const renewed = extendGuard(first, 'week', now)
  expect(daysLeft(renewed)).toEqual([10, 0, 0])
  expect(renewed.since).toEqual(inDays(-4))
})

test('after the end one begins anew', () => {
  const over = extendGuard(null, 'month', inDays(-31))
  expect(termAt(over, now)).toBeNull()
  expect(viewStanding(over, now)).toBeNull()
  const again = extendGuard(over, 'week', now)
  expect(daysLeft(again)).toEqual([7, 0, 0])
  expect(again.since).toEqual(now)
})

test('a longer term is used first, and the days left of a shorter one follow', () => {
  const upgraded = extendGuard(extendGuard(null, 'week', inDays(-4)), 'year', now)
  expect(daysLeft(upgraded)).toEqual([368, 365, 365])
  expect(termAt(upgraded, inDays(364))).toBe('year')
  expect(termAt(upgraded, inDays(366))).toBe('week')
  expect(viewStanding(upgraded, now)).toEqual({ term: 'year', since: inDays(-4).toISOString(), termUntil: inDays(365).toISOString(), until: inDays(368).toISOString() })
})

test('weeks bought by a year guard do not make the year longer', () => {
  const year = extendGuard(null, 'year', now)
  expect(daysLeft(extendGuard(year, 'week', now))).toEqual([372, 365, 365])
  expect(daysLeft(extendGuard(year, 'month', now))).toEqual([395, 395, 365])
})

test('in whatever order terms are bought, every day is given', () => {
  const orders = [['week', 'month', 'year'], ['year', 'month', 'week'], ['month', 'year', 'week']] as const
  for (const order of orders) {
    const time = order.reduce<GuardTime | null>((former, term) => extendGuard(former, term, now), null)
    expect(time && daysLeft(time)).toEqual([402, 395, 365])
  }
})

test('nobody guards further ahead than ten years', () => {
  let time = extendGuard(null, 'year', now)
  for (let years = 1; years < 10; years++) time = extendGuard(time, 'year', now)
  expect(isTooFar(time, now)).toBe(false)
  expect(isTooFar(extendGuard(time, 'week', now), now)).toBe(true)
})

test('the end is told of three days before, one day before and when it has come', () => {
  const until = inDays(7)
  expect(nextNoticeAt(until, now)).toEqual(inDays(4))
  expect(nextNoticeAt(until, inDays(4))).toEqual(inDays(6))
  expect(nextNoticeAt(until, inDays(6))).toEqual(until)
  expect(nextNoticeAt(until, until)).toBeNull()
  expect([3.9, 4, 5.9, 6, 6.9, 7, 9].map((days) => noticeAt(until, inDays(days)))).toEqual([null, 3, 3, 1, 1, 0, 0])
})
