// What someone is shown on coming back: exactly what is new, and the truth about gaps.
import { expect, test } from 'vitest'
import { catchUp } from '../../../../server/chat/RecentMessages.ts'
import type { ChatMessage } from '../../../../server/contract/chat.ts'

const messages = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_none, index) => ({ seq: from + index }) as ChatMessage)
const seqs = ({ messages: list }: { messages: readonly ChatMessage[] }) => list.map(({ seq }) => seq)

test('a newcomer gets the last hundred', () => {
  const shown = catchUp({ messages: messages(1, 101), through: 101, removed: ['gone'] }, undefined)
  expect([seqs(shown)[0], seqs(shown).length, shown.complete]).toEqual([2, 100, true])
})

test('who comes back gets what is newer', () => {
  expect(seqs(catchUp({ messages: messages(1, 10), through: 10, removed: ['gone'] }, 8))).toEqual([9, 10])
  expect(catchUp({ messages: messages(50, 150), through: 150, removed: ['gone'] }, 50)).toMatchObject({ complete: true })
  expect(catchUp({ messages: messages(50, 150), through: 150, removed: ['gone'] }, 49)).toMatchObject({ complete: false })
})

test('a number that was never given begins anew', () => {
  const shown = catchUp({ messages: messages(1, 3), through: 3, removed: ['gone'] }, 900)
  expect([seqs(shown), shown.complete]).toEqual([[1, 2, 3], false])
})
