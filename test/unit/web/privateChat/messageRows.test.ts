import { expect, test } from 'vitest'
import type { PrivateMessage } from '../../../../server/contract/privateChat.ts'
import { messageRows } from '../../../../web/privateChat/messageRows.ts'

const message = (seq: number, mine: boolean, at: Date): PrivateMessage => ({ id: `message-${seq}`, seq, mine, clientId: null, at: at.toISOString(), state: 'said', text: '.', image: null })
const on = (day: number, hour: number, minute: number) => new Date(2026, 0, day, hour, minute)

test('messages of one author within minutes are one block; another author, a pause and a new day begin another', () => {
  const rows = messageRows([
    message(1, true, on(1, 10, 0)),
    message(2, true, on(1, 10, 2)),
    message(3, false, on(1, 10, 3)),
    message(4, false, on(1, 10, 30)),
    message(5, false, on(2, 0, 1)),
  ])
  expect(rows.map(({ opens, closes }) => [opens, closes])).toEqual([[true, false], [false, true], [true, true], [true, true], [true, true]])
  expect(rows.map(({ opensDay }) => opensDay)).toEqual([true, false, false, false, true])
})

test('two messages around midnight are of two days', () => {
  expect(messageRows([message(1, true, on(1, 23, 59)), message(2, true, on(2, 0, 0))]).map(({ opensDay, opens }) => [opensDay, opens])).toEqual([[true, true], [true, true]])
})
