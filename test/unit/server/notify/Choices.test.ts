// What people hear of who never chose.
import { expect, test } from 'vitest'
import { noticeWays } from '../../../../server/contract/notify.ts'
import { chosenKindOf, wantedByDefault } from '../../../../server/notify/Choices.ts'

test('the bell and push tell of everything; mail only of what happens at a time one would miss', () => {
  expect(noticeWays.filter((way) => wantedByDefault('followed', way))).toEqual(noticeWays.filter((way) => way !== 'email'))
  for (const kind of ['live', 'reminder'] as const) expect(noticeWays.every((way) => wantedByDefault(kind, way))).toBe(true)
})

test('who chose about reminders chose about moved and cancelled shows', () => {
  expect((['show-changed', 'show-cancelled', 'reminder', 'live'] as const).map(chosenKindOf)).toEqual(['reminder', 'reminder', 'reminder', 'live'])
})
