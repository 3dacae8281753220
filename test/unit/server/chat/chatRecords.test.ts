// A downloaded chat opens in a spreadsheet without running anything, and comes back out of it as it was.
import { expect, test } from 'vitest'
import { toCsvLine, toJsonLine } from '../../../../server/chat/chatRecords.ts'
import { toCell } from '../../../../server/core/csvLine.ts'
import type { ChatMessage } from '../../../../server/contract/chat.ts'

const message = { offsetMs: 1500, at: '2026-01-01T00:00:00.000Z', author: { name: 'anna', displayName: 'Anna, "A"', role: 'viewer' }, text: 'hi', replyTo: null, line: null } as unknown as ChatMessage

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1+1', '|cmd'])('%j is no formula', (text) => {
  expect(toCell(text).replace(/^"/, '')).toMatch(/^'/)
})

test('quotes, commas and line ends are kept', () => {
  expect(toCell('a,b')).toBe('"a,b"')
  expect(toCell('say "hi"')).toBe('"say ""hi"""')
  expect(toCell('two\nlines')).toBe('"two\nlines"')
  expect(toCell(-5)).toBe('-5')
})

test('a message is one line of either file', () => {
  expect(toCsvLine(message)).toBe('1500,2026-01-01T00:00:00.000Z,anna,"Anna, ""A""",viewer,hi,,\r\n')
  expect(JSON.parse(toJsonLine(message))).toEqual(message)
})
