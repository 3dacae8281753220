import { expect, test } from 'vitest'
import type { ChatRow } from '../../../../web/chat/ChatRow.ts'
import { completeMention, mentionAt, offerNames } from '../../../../web/chat/mentionAt.ts'
import { chatMessage } from './message.ts'

const row = (seq: number, name: string, displayName = name): ChatRow => ({ kind: 'message', key: `${seq}`, seq, deleted: false, message: chatMessage(seq, { author: { ...chatMessage(1).author!, name, displayName } }) })

test('the word behind an @ at the cursor is a query, an address is not', () => {
  expect(mentionAt('hi @ad', 6)).toEqual({ from: 3, query: 'ad' })
  expect(mentionAt('你好@小', 4)).toEqual({ from: 2, query: '小' })
  expect(mentionAt('me@example', 10)).toBeNull()
  expect(mentionAt('hi @ad there', 12)).toBeNull()
})

test('names of those who spoke are offered, the latest first, oneself never', () => {
  const rows = [row(1, 'ada'), row(2, 'adele'), row(3, 'bob', 'Adam'), row(4, 'ada')]
  expect(offerNames(rows, 'ad', 'adele').map(({ name }) => name)).toEqual(['ada', 'bob'])
})

test('a completed mention keeps the rest of the text', () => {
  expect(completeMention('hi @ad!', 6, 3, 'ada')).toEqual({ text: 'hi @ada !', cursor: 8 })
  expect(completeMention('@a you', 2, 0, 'ada')).toEqual({ text: '@ada you', cursor: 5 })
})
