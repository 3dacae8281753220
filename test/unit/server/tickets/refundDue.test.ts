// Which ended shows are paid back.
import { expect, test } from 'vitest'
import { endReasons } from '../../../../server/live/endReasons.ts'
import { refundDue } from '../../../../server/tickets/refundDue.ts'

const GRACE_MS = 30_000
const at = (seconds: number) => new Date(1_700_000_000_000 + seconds * 1000)
const ended = (endReason: string | null, seconds: number) => refundDue({ endReason, liveAt: at(0), endedAt: at(seconds) }, GRACE_MS)

test('what the platform ended is paid back, what its host ended is not', () => {
  for (const reason of [endReasons.operator, endReasons.report, endReasons.locked]) expect(ended(reason, 7200)).toBe(true)
  for (const reason of ['deleteStream', 'the host left', 'grace-expired', endReasons.deleted]) expect(ended(reason, 7200)).toBe(false)
})

test('a show of less than a minute is none, and waiting for its host is no show', () => {
  expect(ended('deleteStream', 59)).toBe(true)
  expect(ended('deleteStream', 60)).toBe(false)
  expect(ended('grace-expired', 89)).toBe(true)
  expect(ended('grace-expired', 90)).toBe(false)
  expect(refundDue({ endReason: 'grace-expired', liveAt: null, endedAt: at(9) }, GRACE_MS)).toBe(true)
})
