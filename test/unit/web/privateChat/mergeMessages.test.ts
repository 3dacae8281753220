import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PrivateMessage } from '../../../../server/contract/privateChat.ts'
import { mergeMessages } from '../../../../web/privateChat/mergeMessages.ts'

const message = (seq: number, state: PrivateMessage['state'] = 'said'): PrivateMessage => ({ id: `message-${seq}`, seq, mine: false, clientId: null, at: '2026-01-01T10:00:00.000Z', state, text: state === 'said' ? `text ${seq}` : '', image: null })
const seqs = (messages: readonly PrivateMessage[]) => messages.map(({ seq }) => seq)

test('whatever comes in whatever order, each seq is there once and in order', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.integer({ min: 1, max: 30 }))), (batches) => {
      const merged = batches.reduce<PrivateMessage[]>((held, batch) => mergeMessages(held, batch.map((seq) => message(seq))), [])
      expect(seqs(merged)).toEqual([...new Set(batches.flat())].sort((one, other) => one - other))
    }),
  )
})

test('a message that was taken back does not come back with a late page', () => {
  const taken = mergeMessages([message(1), message(2)], [message(2, 'recalled')])
  expect(mergeMessages(taken, [message(2)])[1]).toMatchObject({ state: 'recalled', text: '' })
})

test('what the reader has deleted is not shown', () => {
  expect(seqs(mergeMessages([message(1), message(2)], [message(3)], 2))).toEqual([3])
})
