// Red packets on real servers: every coin that was put in is claimed once or comes back once.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { ChatMessage } from '../../server/contract/chat.ts'
import type { PacketResult, PacketView } from '../../server/contract/gifts.ts'
import { eventually } from '../support/eventually.ts'
import { ask, codeOf, newKey, openGiftStage } from '../support/giftStage.ts'
import type { GiftHost, GiftPerson, GiftStage } from '../support/giftStage.ts'

let stage: GiftStage
let host: GiftHost
let giver: GiftPerson
beforeAll(async () => {
  stage = await openGiftStage({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  host = await stage.host('packethost')
  giver = await stage.user('packet-giver', 100_000n)
})
afterAll(() => stage?.close())

const heldOf = async (userId: string): Promise<bigint> => {
  const [row] = (await stage.database('ledger_accounts').where({ kind: 'held', owner: userId, currency: 'coin' }).sum({ balance: 'balance' })) as Array<{ balance: string | null }>
  return BigInt(row?.balance ?? 0)
}
async function send(total: string, shares: number, delaySeconds = 0, from = giver): Promise<PacketView> {
  const reply = await ask(await from.socket(), 'packet:send', { channel: 'packethost', total, shares, delaySeconds, key: newKey() })
  if (!reply.ok) throw new Error(reply.error.code)
  return reply.data.packet
}
/** As if its time were over. */
const endNow = (id: string) => stage.database('red_packets').where({ id }).update({ opens_at: new Date(Date.now() - 200_000), closes_at: new Date(Date.now() - 1000) })

test('fifty who claim at once on two servers share it out to the last coin, each once, and the room sees it', async () => {
  const people = await Promise.all(Array.from({ length: 50 }, (_none, index) => stage.user(`claimer-${index}`)))
  const sockets = await Promise.all(people.map((person, index) => person.socket(index % 2 === 0 ? 'one' : 'two')))
  const [page] = sockets
  const lines: ChatMessage[] = []
  const states: PacketView[] = []
  page?.on('chat:batched', ({ messages }: { messages: ChatMessage[] }) => lines.push(...messages.filter(({ line }) => line?.type === 'packet')))
  page?.on('packet:changed', ({ packet }: { packet: PacketView }) => states.push(packet))
  await ask(page as (typeof sockets)[0], 'chat:join', { channel: 'packethost' })
  await ask(page as (typeof sockets)[0], 'watch', { channel: 'packethost', mode: 'hls' })
  const packet = await send('1000', 30)
  expect(await heldOf(giver.id)).toBe(1000n)
  const replies = await Promise.all(sockets.flatMap((socket) => [ask(socket, 'packet:claim', { packet: packet.id }), ask(socket, 'packet:claim', { packet: packet.id })]))
  expect(replies.every(({ ok }) => ok)).toBe(true)
  const amounts = replies.map((reply) => (reply.ok ? reply.data.amount : null))
  // Asked twice, answered alike.
  for (let index = 0; index < amounts.length; index += 2) expect(amounts[index]).toBe(amounts[index + 1])
  const got = amounts.filter((amount, index) => amount !== null && index % 2 === 0).map((amount) => BigInt(amount as string))
  expect(got).toHaveLength(30)
  expect(got.every((amount) => amount >= 1n)).toBe(true)
  expect(got.reduce((sum, amount) => sum + amount, 0n)).toBe(1000n)
  const wallets = await Promise.all(people.map(({ id }) => stage.coinsOf(id)))
  expect(wallets.reduce((sum, coins) => sum + coins, 0n)).toBe(1000n)
  expect(await heldOf(giver.id)).toBe(0n)
  await eventually('the room has seen it', () => lines.length === 1 && states.at(-1)?.state === 'empty')
  expect(lines[0]?.line).toMatchObject({ type: 'packet', name: 'packet-giver', packet: { id: packet.id, total: '1000', shares: 30 } })
  const { body } = await giver.visitor.call<PacketResult>('GET', `/api/packets/${packet.id}`)
  expect(body.claims).toHaveLength(30)
  expect(body.claims.filter(({ luckiest }) => luckiest)).toHaveLength(1)
  expect(BigInt(body.claims.find(({ luckiest }) => luckiest)?.amount ?? 0)).toBe(got.reduce((most, amount) => (amount > most ? amount : most), 0n))
})

test('what nobody claimed comes back by itself, once, though two servers look for it', async () => {
  const before = await stage.coinsOf(giver.id)
  const packet = await send('500', 5)
  const claimer = await stage.user('packet-single')
  const claimed = await ask(await claimer.socket(), 'packet:claim', { packet: packet.id })
  const amount = BigInt(claimed.ok ? (claimed.data.amount ?? 0) : 0)
  await endNow(packet.id)
  await eventually('it came back', async () => (await stage.coinsOf(giver.id)) === before - amount)
  await eventually('it is marked', async () => ((await stage.database('red_packets').where({ id: packet.id }).first('state')) as { state: string }).state === 'returned')
  expect(await stage.database('ledger_transfers').where({ type: 'packet-return', reference: packet.id }).select('id')).toHaveLength(1)
  expect(await heldOf(giver.id)).toBe(0n)
  const late = await stage.user('packet-late')
  expect(await ask(await late.socket(), 'packet:claim', { packet: packet.id })).toMatchObject({ ok: true, data: { amount: null } })
  expect(await ask(await claimer.socket(), 'packet:claim', { packet: packet.id })).toMatchObject({ ok: true, data: { amount: String(amount), packet: { state: 'returned' } } })
})

test('it opens when the countdown is over, not before; its sender may claim too', async () => {
  const packet = await send('10', 2, 2)
  const socket = await giver.socket('two')
  expect(packet.state).toBe('waiting')
  expect(await ask(socket, 'packet:list', { channel: 'packethost' })).toMatchObject({ ok: true, data: { packets: [{ id: packet.id, state: 'waiting' }], claimed: [] } })
  expect(codeOf(await ask(socket, 'packet:claim', { packet: packet.id }))).toBe('state-changed')
  await eventually('it opens', async () => codeOf(await ask(socket, 'packet:claim', { packet: packet.id })) === 'ok')
  expect(await ask(socket, 'packet:list', { channel: 'packethost' })).toMatchObject({ ok: true, data: { packets: [{ id: packet.id, state: 'open', left: 1 }], claimed: [packet.id] } })
  const stranger = await stage.user('packet-watcher')
  expect((await stranger.visitor.call('GET', `/api/packets/${packet.id}`)).status).toBe(403)
  await endNow(packet.id)
  await eventually('the rest came back', async () => (await heldOf(giver.id)) === 0n)
})

test('the host may send one; nothing but whole packets that are paid for and fit are sent', async () => {
  const socket = await giver.socket()
  const packet = { channel: 'packethost', total: '100', shares: 10, delaySeconds: 0 }
  const codes: string[] = []
  for (const change of [{ total: '9' }, { total: '0' }, { total: '-5' }, { total: '1.5' }, { total: 100 }, { total: '1000001' }, { shares: 0 }, { shares: 1.5 }, { shares: 201 }, { shares: '10' }, { delaySeconds: -1 }, { delaySeconds: 601 }, { key: 'x' }]) {
    codes.push(codeOf((await socket.emitWithAck('packet:send', { ...packet, key: newKey(), ...change })) as never))
  }
  expect(new Set(codes)).toEqual(new Set(['bad-request']))
  const poor = await stage.user('packet-poor', 5n)
  expect(codeOf(await ask(await poor.socket(), 'packet:send', { ...packet, key: newKey() }))).toBe('insufficient-funds')
  expect(codeOf(await ask(await host.socket(), 'packet:send', { ...packet, key: newKey() }))).toBe('insufficient-funds')
  await stage.host('packet-off', { onAir: false })
  const rich = await stage.user('packet-rich', 1000n)
  expect(codeOf(await ask(await rich.socket(), 'packet:send', { ...packet, channel: 'packet-off', key: newKey() }))).toBe('channel-offline')
  const key = newKey()
  const [first, second] = await Promise.all([rich.socket(), rich.socket('two')].map(async (one) => ask(await one, 'packet:send', { ...packet, key })))
  expect(first?.ok && second?.ok && first.data.packet.id === second.data.packet.id).toBe(true)
  expect(await stage.coinsOf(rich.id)).toBe(900n)
  expect(codeOf(await ask(await rich.socket(), 'packet:claim', { packet: 'no-such-packet' }))).toBe('packet-not-found')
})

test('who is kept out claims nothing', async () => {
  const packet = await send('10', 2)
  const banned = await stage.user('packet-banned')
  await host.visitor.call('POST', '/api/channels/packethost/moderation/ban', { body: { user: 'packet-banned', reason: 'a test' } })
  const socket = await banned.socket('two')
  await eventually('it is refused', async () => codeOf(await ask(socket, 'packet:list', { channel: 'packethost' })) === 'kept-out')
  expect(codeOf(await ask(socket, 'packet:claim', { packet: packet.id }))).toBe('kept-out')
  expect(await stage.coinsOf(banned.id)).toBe(0n)
})
