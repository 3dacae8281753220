import { expect, test } from 'vitest'
import type { UserId } from '../../../../server/contract/ids.ts'
import { ChatLog } from '../../../../web/chat/ChatLog.ts'
import { chatMessage } from './message.ts'

const seqs = (log: ChatLog) => log.rows.map((row) => (row.kind === 'message' ? row.seq : row.kind))
const joined = (...said: number[]) => {
  const log = new ChatLog()
  log.catchUp({ messages: said.map((seq) => chatMessage(seq)), complete: true, through: said.at(-1) ?? 0 })
  return log
}

test('what comes out of order is shown in order, and each message once', () => {
  const log = joined(1, 2)
  expect(log.add([chatMessage(4), chatMessage(3), chatMessage(2)]).map(({ seq }) => seq)).toEqual([4, 3])
  log.add([chatMessage(3), chatMessage(4)])
  expect(seqs(log)).toEqual([1, 2, 3, 4])
  expect(log.contiguous).toBe(4)
})

test('a hole is seen, is closed by what was missing, and by what was skipped', () => {
  const log = joined(1)
  log.add([chatMessage(3)])
  expect([log.hasHole, log.contiguous]).toEqual([true, 1])
  log.add([chatMessage(2)])
  expect([log.hasHole, log.contiguous]).toEqual([false, 3])
  log.add([chatMessage(6)], [4, 5])
  expect([log.hasHole, log.contiguous]).toEqual([false, 6])
  expect(seqs(log)).toEqual([1, 2, 3, 'sampled', 6])
})

test('what came before the answer to a join is kept', () => {
  const log = new ChatLog()
  log.add([chatMessage(12)])
  expect(log.hasHole).toBe(false)
  log.catchUp({ messages: [chatMessage(10), chatMessage(11)], complete: true, through: 11 })
  expect(seqs(log)).toEqual([10, 11, 12])
  expect(log.contiguous).toBe(12)
})

test('a catch-up goes on where it was, and says when more was said than it brings', () => {
  const log = joined(1, 2)
  expect(log.catchUp({ messages: [chatMessage(3), chatMessage(4)], complete: true, through: 5 }).length).toBe(2)
  expect([seqs(log), log.contiguous]).toEqual([[1, 2, 3, 4], 5])
  log.catchUp({ messages: [chatMessage(200), chatMessage(201)], complete: false, through: 201 })
  expect(seqs(log)).toEqual([1, 2, 3, 4, 'gap', 200, 201])
})

test('sampled messages are told of in one line', () => {
  const log = joined(1)
  log.add([chatMessage(4)], [2, 3])
  log.add([chatMessage(7)], [5, 6])
  const told = log.rows.filter((row) => row.kind === 'sampled')
  expect(told.map((row) => row.kind === 'sampled' && row.count)).toEqual([4])
})

test('a removed message goes and does not come back; a quote of it is emptied', () => {
  const log = joined(1, 2)
  log.add([chatMessage(3, { replyTo: { id: 'message-2', name: 'ada', text: 'bad words' } })])
  log.remove({ channel: 'stage', ids: ['message-2'], userId: null, by: 'author' }, false)
  log.add([chatMessage(2)])
  expect(seqs(log)).toEqual([1, 3])
  expect(log.find('message-3')?.replyTo?.text).toBe('')
  expect(log.isGone('message-2')).toBe(true)
})

test('all of a user’s messages go, and a moderator keeps seeing what was taken off', () => {
  const other = { ...chatMessage(2).author!, id: 'user-bob' as UserId, name: 'bob' }
  const log = joined(1)
  log.add([chatMessage(2, { author: other }), chatMessage(3)])
  log.remove({ channel: 'stage', ids: [], userId: 'user-ada', by: 'moderator' }, true)
  expect(log.rows.map((row) => row.kind === 'message' && row.deleted)).toEqual([true, false, true])
})

test('the log never grows without bound, and what was cut off does not come back', () => {
  const log = joined(0)
  for (let seq = 1; seq <= 2_000; seq++) log.add([chatMessage(seq)])
  expect(log.rows.length).toBeLessThanOrEqual(560)
  expect(log.rows.at(-1)?.seq).toBe(2_000)
  expect(log.add([chatMessage(5)])).toEqual([])
})

test('people who come in share one line, which is no message', () => {
  const log = joined(1)
  const person = (name: string) => ({ id: name as UserId, name, displayName: name, avatarUrl: null })
  log.enter([person('ada')], 0)
  log.enter([person('ada'), person('bob'), person('cy'), person('dee')], 7)
  log.add([chatMessage(2)])
  expect(seqs(log)).toEqual([1, 'entered', 2])
  const line = log.rows[1]
  expect(line?.kind === 'entered' && [line.people.map(({ name }) => name), line.more]).toEqual([['bob', 'cy', 'dee'], 8])
  log.enter([person('eve')], 0)
  expect(seqs(log)).toEqual([1, 2, 'entered'])
})
