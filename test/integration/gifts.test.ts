// Sending gifts on real servers: what is paid is right to the coin, shown once in the room, and nothing a page may send gets round a rule.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { ChatMessage } from '../../server/contract/chat.ts'
import type { Reply } from '../../server/contract/errors.ts'
import type { GiftPanelView, GiftView } from '../../server/contract/gifts.ts'
import { newId } from '../../server/core/newId.ts'
import { eventually } from '../support/eventually.ts'
import { ask, codeOf, newKey, openGiftStage } from '../support/giftStage.ts'
import type { GiftHost, GiftStage } from '../support/giftStage.ts'

let stage: GiftStage
let host: GiftHost
beforeAll(async () => {
  stage = await openGiftStage({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  host = await stage.host('gifthost')
})
afterAll(() => stage?.close())

const rose = { channel: 'gifthost', gift: 'rose', version: 1, quantity: 10 }

test('the starter set is on sale in its order, with the addresses of its pictures', async () => {
  const { status, body } = await stage.one.visitor().call<GiftView[]>('GET', '/api/gifts')
  expect(status).toBe(200)
  expect(body.map(({ id }) => id)).toEqual(['heart', 'clap', 'rose', 'coffee', 'beer', 'firework-small', 'cake', 'star', 'crown', 'racecar', 'yacht', 'rocket', 'dragon', 'castle', 'shield-rose', 'guard-knight'])
  expect(body.at(-3)).toMatchObject({ id: 'castle', price: '30000', effect: 'lottie', iconUrl: '/gifts/castle.svg', effectUrl: '/gifts/castle.json', tier: 5, guardsOnly: false })
  expect(body[0]).toMatchObject({ id: 'heart', effect: 'none', effectUrl: null })
})

test('a gift takes the coins, gives the host its share, and everyone in the room sees one and the same line', async () => {
  const ada = await stage.user('gift-ada', 1000n)
  const bob = await stage.user('gift-bob')
  const [page, other] = await Promise.all([ada.socket(), bob.socket('two')])
  const seen: ChatMessage[][] = [[], []]
  for (const [index, socket] of [page, other].entries()) {
    socket.on('chat:batched', ({ messages }: { messages: ChatMessage[] }) => seen[index]?.push(...messages.filter(({ line }) => line?.type === 'gift')))
    await ask(socket, 'chat:join', { channel: 'gifthost' })
  }
  const beansBefore = await stage.beansOf(host.id)
  const sent = await ask(page, 'gift:send', { ...rose, key: newKey() })
  expect(sent).toMatchObject({ ok: true, data: { total: '50', coins: '950', combo: { count: 10 } } })
  await eventually('both have seen it', () => seen.every((lines) => lines.length === 1))
  expect(seen[1]).toEqual(seen[0])
  expect(seen[0]?.[0]).toMatchObject({ author: null, broadcastId: host.broadcastId, line: { type: 'gift', name: 'gift-ada', quantity: 10, total: '50', gift: { id: 'rose', price: '5' }, sender: { name: 'gift-ada', guard: null } } })
  expect(await stage.coinsOf(ada.id)).toBe(950n)
  expect((await stage.beansOf(host.id)) - beansBefore).toBe(25n)
  const { body } = await ada.visitor.call<GiftPanelView>('GET', '/api/channels/gifthost/gifts/me')
  expect(body).toMatchObject({ coins: '950', guard: null })
})

test('sendings with no longer pause than three seconds are one combo', async () => {
  const cai = await stage.user('gift-cai', 1000n)
  const socket = await cai.socket()
  const counts: number[] = []
  const ids = new Set<string>()
  for (const quantity of [1, 1, 10]) {
    const reply = await ask(socket, 'gift:send', { ...rose, quantity, key: newKey() })
    if (!reply.ok) throw new Error(reply.error.code)
    counts.push(reply.data.combo.count)
    ids.add(reply.data.combo.id)
  }
  expect(counts).toEqual([1, 2, 12])
  expect(ids.size).toBe(1)
  const other = await ask(socket, 'gift:send', { ...rose, gift: 'heart', quantity: 1, key: newKey() })
  expect(other).toMatchObject({ ok: true, data: { combo: { count: 1 } } })
})

test('of many sent at once by one person through two servers each is paid once, and the combo counts them all', async () => {
  const dan = await stage.user('gift-dan', 30n)
  const sockets = await Promise.all([dan.socket(), dan.socket('two')])
  const replies = await Promise.all(Array.from({ length: 40 }, (_, index) => ask(sockets[index % 2] as (typeof sockets)[0], 'gift:send', { ...rose, gift: 'heart', quantity: 1, key: newKey() })))
  expect(replies.filter(({ ok }) => ok)).toHaveLength(30)
  expect(replies.filter((reply) => codeOf(reply) === 'insufficient-funds')).toHaveLength(10)
  expect(await stage.coinsOf(dan.id)).toBe(0n)
  expect(Math.max(...replies.map((reply) => (reply.ok ? reply.data.combo.count : 0)))).toBe(30)
})

test('the same key is paid once and answered alike, also by another server, and is refused for another gift', async () => {
  const eva = await stage.user('gift-eva', 100n)
  const [socket, elsewhere] = await Promise.all([eva.socket(), eva.socket('two')])
  const key = newKey()
  const replies = await Promise.all([socket, elsewhere, socket, elsewhere].map((one) => ask(one, 'gift:send', { ...rose, quantity: 2, key })))
  expect(new Set(replies.map((reply) => (reply.ok ? reply.data.id : codeOf(reply)))).size).toBe(1)
  expect(await stage.coinsOf(eva.id)).toBe(90n)
  expect(codeOf(await ask(socket, 'gift:send', { ...rose, quantity: 3, key }))).toBe('key-reused')
  const fay = await stage.user('gift-fay', 100n)
  expect(await ask(await fay.socket(), 'gift:send', { ...rose, quantity: 3, key })).toMatchObject({ ok: true, data: { coins: '85' } })
  await eventually('one line each', async () => (await lines(eva.id)) === 1 && (await lines(fay.id)) === 1)
})

const lines = async (userId: string) => Number(((await stage.database('chat_messages').where({ line: 'gift', line_user_id: userId }).count({ total: '*' }))[0] as { total: string }).total)

test.each([
  ['nothing', { quantity: 0 }],
  ['less than nothing', { quantity: -1 }],
  ['a part', { quantity: 1.5 }],
  ['more than anyone may', { quantity: 10_000 }],
  ['a huge number', { quantity: 1e21 }],
  ['no number', { quantity: Number.NaN }],
  ['a number as text', { quantity: '5' }],
  ['a list', { quantity: [5] }],
  ['no key', { key: undefined }],
  ['a short key', { key: 'short' }],
  ['an object for a key', { key: { $ne: '' } }],
  ['a price of its own', { quantity: 1, version: -1 }],
  ['a version as text', { version: '1' }],
  ['a gift that is a path', { gift: '../castle' }],
])('%s is no quantity, key or gift: refused, and nothing is paid', async (_what, change) => {
  const name = `gift-${newId()}`
  const gus = await stage.user(name, 100_000n)
  const reply: Reply<unknown> = await (await gus.socket()).emitWithAck('gift:send', { ...rose, key: newKey(), ...change })
  expect(codeOf(reply)).toBe('bad-request')
  expect(await stage.coinsOf(gus.id)).toBe(100_000n)
})

test('what a page says of the price is not heard', async () => {
  const hal = await stage.user('gift-hal', 100n)
  const reply: Reply<{ total: string }> = await (await hal.socket()).emitWithAck('gift:send', { ...rose, quantity: 1, price: '0', total: '0', key: newKey() })
  expect(reply).toMatchObject({ ok: true, data: { total: '5' } })
})

test('nobody gives to oneself, to a channel off the air, what is not there, or at another version', async () => {
  await stage.host('gift-off-air', { onAir: false })
  const ida = await stage.user('gift-ida', 100n)
  const socket = await ida.socket()
  expect(codeOf(await ask(await host.socket(), 'gift:send', { ...rose, key: newKey() }))).toBe('own-channel')
  expect(codeOf(await ask(socket, 'gift:send', { ...rose, channel: 'gift-off-air', key: newKey() }))).toBe('channel-offline')
  expect(codeOf(await ask(socket, 'gift:send', { ...rose, channel: 'gift-nowhere', key: newKey() }))).toBe('channel-not-found')
  expect(codeOf(await ask(socket, 'gift:send', { ...rose, gift: 'no-such-gift', key: newKey() }))).toBe('gift-not-found')
  expect(codeOf(await ask(socket, 'gift:send', { ...rose, version: 2, key: newKey() }))).toBe('price-changed')
  expect(codeOf(await ask(socket, 'gift:send', { ...rose, gift: 'shield-rose', quantity: 1, key: newKey() }))).toBe('guards-only')
  expect(codeOf(await ask(socket, 'gift:send', { ...rose, gift: 'castle', quantity: 1, key: newKey() }))).toBe('insufficient-funds')
  expect(await stage.coinsOf(ida.id)).toBe(100n)
})

test('who is kept out or not logged in gives nothing', async () => {
  const jon = await stage.user('gift-jon', 100n)
  const socket = await jon.socket()
  const ban = await host.visitor.call('POST', '/api/channels/gifthost/moderation/ban', { body: { user: 'gift-jon', reason: 'a test' } })
  expect(ban.status).toBeLessThan(300)
  await eventually('the ban is known', async () => codeOf(await ask(socket, 'gift:send', { ...rose, key: newKey() })) === 'kept-out')
  const stranger = await stage.two.visitor()
  const { openSocket } = await import('../support/openSocket.ts')
  const page = await openSocket(stranger)
  const reply = codeOf(await ask(page, 'gift:send', { ...rose, key: newKey() }))
  page.disconnect()
  expect(['not-logged-in', 'kept-out']).toContain(reply)
})

test('a repeat of what was done is answered even after the broadcast has ended; a new one is refused', async () => {
  const brief = await stage.host('gift-brief')
  const kim = await stage.user('gift-kim', 100n)
  const socket = await kim.socket()
  const key = newKey()
  const first = await ask(socket, 'gift:send', { ...rose, channel: 'gift-brief', key })
  expect(codeOf(first)).toBe('ok')
  await stage.database('broadcasts').where({ id: brief.broadcastId }).update({ state: 'ended', ended_at: new Date(), running_channel_id: null })
  await eventually('it is over', async () => codeOf(await ask(socket, 'gift:send', { ...rose, channel: 'gift-brief', quantity: 1, key: newKey() })) === 'channel-offline')
  expect(await ask(socket, 'gift:send', { ...rose, channel: 'gift-brief', key })).toMatchObject({ ok: true, data: { id: first.ok ? first.data.id : '' } })
})

test('when a sender deletes the account, no line says its name any more', async () => {
  const lea = await stage.user('gift-lea', 100n)
  await ask(await lea.socket(), 'gift:send', { ...rose, key: newKey() })
  await eventually('the line is written', async () => (await lines(lea.id)) === 1)
  expect((await lea.visitor.call('POST', '/api/me/delete', { body: { password: 'a good password' } })).status).toBeLessThan(300)
  await eventually('it is gone', async () => {
    const rows = (await stage.database('chat_messages').where({ line: 'gift' }).where('line_detail', 'like', '%gift-lea%').select('id')) as unknown[]
    return rows.length === 0 && (await lines(lea.id)) === 0
  }, 20_000)
})
