// What was paid is shown, once, whoever dies between the commit and the telling.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { ChatMessage } from '../../server/contract/chat.ts'
import { eventually } from '../support/eventually.ts'
import { ask, newKey, openGiftStage } from '../support/giftStage.ts'
import type { GiftStage } from '../support/giftStage.ts'

let stage: GiftStage
beforeAll(async () => {
  stage = await openGiftStage({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  await stage.host('shownhost')
})
afterAll(() => stage?.close())

const linesOf = async (id: string) => Number(((await stage.database('chat_messages').where({ id, line: 'gift', state: 'said' }).count({ total: '*' }))[0] as { total: string }).total)
const gift = { channel: 'shownhost', gift: 'heart', version: 1, quantity: 1 }

test('a gift whose server died before it told anyone is told by another one, and one that was told is told again to no page', async () => {
  const ann = await stage.user('shown-ann', 100n)
  const sockets = await Promise.all([ann.socket('one'), ann.socket('two')])
  const seen: string[][] = [[], []]
  for (const [index, socket] of sockets.entries()) {
    socket.on('chat:batched', ({ messages }: { messages: ChatMessage[] }) => seen[index]?.push(...messages.flatMap(({ line }) => (line?.type === 'gift' ? [line.id] : []))))
    await ask(socket, 'chat:join', { channel: 'shownhost' })
  }
  const reply = await ask(sockets[0] as (typeof sockets)[0], 'gift:send', { ...gift, key: newKey() })
  const id = reply.ok ? reply.data.id : ''
  await eventually('it was shown', () => seen.every((ids) => ids.includes(id)))
  await eventually('the outbox is empty', async () => (await stage.database('outbox').where({ topic: 'gift-sent' }).select('id')).length === 0)

  // As a dead server leaves them: a fact that another copy of was told (it died before it struck it off), and one that nobody told.
  const sending = (await stage.database('gift_sendings').where({ id }).first()) as { channel_id: string; sender_id: string; broadcast_id: string; at: Date }
  const untold = 'aaaabbbbccccdddd'
  const fact = (sendingId: string) => ({
    topic: 'gift-sent',
    payload: JSON.stringify({ sendingId, channelId: sending.channel_id, senderId: sending.sender_id, gift: { id: 'heart', version: 1 }, quantity: 1, total: '1', combo: { id: sendingId, count: 1 }, broadcastId: sending.broadcast_id, offsetMs: 5, at: sending.at.toISOString() }),
    due_at: new Date(),
    created_at: new Date(),
  })
  await stage.database('outbox').insert([fact(id), fact(untold), fact(untold)])
  await eventually('the untold one was told', () => seen.every((ids) => ids.includes(untold)))
  await eventually('the outbox is empty again', async () => (await stage.database('outbox').where({ topic: 'gift-sent' }).select('id')).length === 0)
  expect(seen).toEqual([
    [id, untold],
    [id, untold],
  ])
  expect([await linesOf(id), await linesOf(untold)]).toEqual([1, 1])
})

test('a page that was away for a moment finds the gifts among the lines it catches up on; a moderator who clears a user’s messages leaves them', async () => {
  const ben = await stage.user('shown-ben', 100n)
  const socket = await ben.socket()
  const before = await ask(socket, 'chat:join', { channel: 'shownhost' })
  const through = before.ok ? before.data.through : 0
  await ask(socket, 'chat:send', { channel: 'shownhost', clientId: 'abcdefgh12345678', text: 'hello there' })
  const sent = await ask(socket, 'gift:send', { ...gift, key: newKey() })
  const id = sent.ok ? sent.data.id : ''
  await eventually('the line is written', async () => (await linesOf(id)) === 1)
  const keeper = await stage.user('shown-op')
  await stage.database('users').where({ id: keeper.id }).update({ role: 'operator' })
  expect(await ask(await keeper.socket(), 'chat:delete', { channel: 'shownhost', user: 'shown-ben', reason: '' })).toMatchObject({ ok: true, data: { deleted: 1 } })
  const page = await ben.socket('two')
  const after = await ask(page, 'chat:join', { channel: 'shownhost', after: through })
  const messages = after.ok ? after.data.messages : []
  expect(messages.filter(({ line }) => line?.type === 'gift').map(({ id: line }) => line)).toEqual([id])
  expect(messages.some(({ text }) => text === 'hello there')).toBe(false)
})

test('a name that may not be written here is masked; what was paid for is shown all the same', async () => {
  const cyd = await stage.user('shown-cyd', 100n)
  await cyd.visitor.call('PATCH', '/api/me/profile', { body: { displayName: 'quagmire' } })
  const admin = await stage.user('shown-adm')
  await stage.database('users').where({ id: admin.id }).update({ role: 'admin' })
  const words = await admin.visitor.call('PUT', '/api/moderation/words', { body: 'quagmire | refuse', headers: { 'content-type': 'text/plain' } })
  expect(words.status, JSON.stringify(words.body)).toBeLessThan(300)
  const sent = await ask(await cyd.socket(), 'gift:send', { ...gift, key: newKey() })
  const id = sent.ok ? sent.data.id : ''
  await eventually('the line is written', async () => (await linesOf(id)) === 1)
  const row = (await stage.database('chat_messages').where({ id }).first('line_name', 'line_detail')) as { line_name: string; line_detail: string }
  expect(row.line_name).toBe('***')
  expect(row.line_detail).not.toContain('quagmire')
})
