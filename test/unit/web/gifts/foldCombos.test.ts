// Promises of the chat's list: a combo is one row, and nothing else is folded.
import { expect, test } from 'vitest'
import type { ChatMessage } from '../../../../server/contract/chat.ts'
import type { GiftLine } from '../../../../server/contract/gifts.ts'
import type { ChatRow } from '../../../../web/chat/ChatRow.ts'
import { foldCombos } from '../../../../web/gifts/foldCombos.ts'
import { giftLine } from './giftLine.ts'

const row = (seq: number, line: GiftLine | null): ChatRow => ({ kind: 'message', key: `m${seq}`, seq, deleted: false, message: { id: `m${seq}`, seq, line } as ChatMessage })
const counts = (rows: readonly ChatRow[]) => rows.map((each) => (each.kind === 'message' && each.message.line?.type === 'gift' ? each.message.line.combo.count : null))

test('lines of one combo that follow each other become the last, with the key of the first', () => {
  const rows = foldCombos([row(1, giftLine({ count: 1 })), row(2, giftLine({ count: 2 })), row(3, giftLine({ count: 3 }))])
  expect(counts(rows)).toEqual([3])
  expect(rows[0]?.key).toBe('m1')
})

test('a message between, another combo and another sender begin a new row', () => {
  const rows = [row(1, giftLine({ count: 1 })), row(2, null), row(3, giftLine({ count: 2 })), row(4, giftLine({ count: 1, combo: 'other' })), row(5, giftLine({ count: 1, sender: 'bob' }))]
  expect(counts(foldCombos(rows))).toEqual([1, null, 2, 1, 1])
})

test('where nothing folds the rows stay the same array', () => {
  const rows = [row(1, null), row(2, giftLine())]
  expect(foldCombos(rows)).toBe(rows)
})
