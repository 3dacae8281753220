// Guards on two servers: buying and renewing by the ledger, what a guard may in the room, who may mute one, and being told of the end once.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { GuardBought, GuardListPage, GuardTerm, GuardView, OwnGuardView } from '../../server/contract/guard.ts'
import type { UserId } from '../../server/contract/ids.ts'
import type { NotificationsPage } from '../../server/contract/notify.ts'
import type { StreamKeyView } from '../../server/contract/http.ts'
import { newId } from '../../server/core/newId.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { openChatStage } from '../support/chatRoom.ts'
import type { ChatStage } from '../support/chatRoom.ts'
import type { ChatPage } from '../support/ChatPage.ts'
import { eventually } from '../support/eventually.ts'
import { fundWallet } from '../support/fundWallet.ts'
import { startServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

const DAY = 86_400_000
const prices: Record<GuardTerm, string> = { week: '980', month: '2980', year: '29800' }

let stage: ChatStage
let database: Database
beforeAll(async () => {
  stage = await openChatStage({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  database = openDatabase({ url: stage.one.databaseUrl, poolSize: 2 })
})
afterAll(async () => {
  await stage.close()
  await database.destroy()
})

const idOf = async (name: string) => ((await database('users').where({ name }).first('id')) as { id: UserId }).id
const fund = async (name: string, coins: bigint) => fundWallet({ databaseUrl: stage.one.databaseUrl, userId: await idOf(name), coins })
const buy = (visitor: Visitor, channel: string, term: GuardTerm, more: Record<string, unknown> = {}) =>
  visitor.call<GuardBought & { error?: { code: string } }>('POST', `/api/channels/${channel}/guard`, { body: { term, price: prices[term], key: newId(), ...more } })
const balance = async (name: string, currency: 'coin' | 'bean') => {
  const [row] = (await database('ledger_accounts').where({ kind: 'user', owner: await idOf(name), currency }).sum({ balance: 'balance' })) as Array<{ balance: string | null }>
  return Number(row?.balance ?? 0)
}
const daysUntil = (at: string | undefined) => Math.round((Date.parse(at ?? '') - Date.now()) / DAY)
const view = async (visitor: Visitor, channel: string) => (await visitor.call<GuardView>('GET', `/api/channels/${channel}/guard`)).body

async function rich(name: string, server: 'one' | 'two' = 'one') {
  const user = await stage.user(name, server)
  await fund(name, 100_000n)
  return user
}

test('a guard is paid for once, the host gets the share in beans, and the standing is there at once', async () => {
  await stage.host('tower')
  const { visitor } = await rich('knight')
  const key = newId()
  const first = await buy(visitor, 'tower', 'week', { key })
  expect(first).toMatchObject({ status: 201, body: { coins: '99020', standing: { term: 'week' } } })
  expect(daysUntil(first.body.standing.until)).toBe(7)
  expect(await buy(visitor, 'tower', 'week', { key })).toMatchObject({ status: 201, body: { coins: '99020', standing: first.body.standing } })
  expect(await buy(visitor, 'tower', 'month', { key })).toMatchObject({ status: 409, body: { error: { code: 'key-reused' } } })
  expect([await balance('knight', 'coin'), await balance('tower', 'bean')]).toEqual([99_020, 490])
  expect(await view(visitor, 'tower')).toMatchObject({ prices, total: 1, me: { term: 'week' }, coins: '99020', own: false })
  expect((await stage.one.visitor().call<GuardListPage>('GET', '/api/channels/tower/guards')).body).toMatchObject({ total: 1, next: null, guards: [{ person: { name: 'knight' }, term: 'week' }] })
})

test('renewal adds to the present end; a longer term is used first', async () => {
  await stage.host('castle')
  const { visitor } = await rich('squire')
  await buy(visitor, 'castle', 'week')
  const { body: renewed } = await buy(visitor, 'castle', 'week')
  expect([renewed.standing.term, daysUntil(renewed.standing.until)]).toEqual(['week', 14])
  const { body: longer } = await buy(visitor, 'castle', 'month')
  expect([longer.standing.term, daysUntil(longer.standing.termUntil), daysUntil(longer.standing.until)]).toEqual(['month', 30, 44])
  expect(longer.standing.since).toBe(renewed.standing.since)
  expect((await visitor.call<OwnGuardView[]>('GET', '/api/guards')).body).toMatchObject([{ channel: 'castle', standing: { term: 'month' } }])
  expect(await database('guard_purchases').where({ user_id: await idOf('squire') })).toHaveLength(3)
})

test('parallel purchases all count, the first ones too', async () => {
  await stage.host('rampart')
  const { visitor } = await rich('archer')
  const answers = await Promise.all(Array.from({ length: 8 }, () => buy(visitor, 'rampart', 'week')))
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201))
  expect(daysUntil((await view(visitor, 'rampart')).me?.until)).toBe(56)
  expect(await balance('archer', 'coin')).toBe(100_000 - 8 * 980)
})

test('nothing is sold that should not be', async () => {
  const host = await stage.host('bridge')
  await fund('bridge', 100_000n)
  const poor = await stage.user('beggar')
  const codeOf = async (answer: ReturnType<typeof buy>) => (await answer).body.error?.code
  expect(await codeOf(buy(host.visitor, 'bridge', 'week'))).toBe('own-channel')
  expect(await codeOf(buy(poor.visitor, 'bridge', 'week'))).toBe('insufficient-funds')
  expect(await codeOf(buy(stage.one.visitor(), 'bridge', 'week'))).toBe('not-logged-in')
  await fund('beggar', 100_000n)
  expect(await codeOf(buy(poor.visitor, 'bridge', 'week', { price: '1' }))).toBe('price-changed')
  expect(await codeOf(buy(poor.visitor, 'nowhere', 'week'))).toBe('channel-not-found')
  for (const more of [{ term: 'decade' }, { price: '-980' }, { price: 980 }, { price: '980.0' }, { price: '0' }, { key: 'short' }, { key: undefined }]) expect(await codeOf(buy(poor.visitor, 'bridge', 'week', more)), JSON.stringify(more)).toBe('bad-request')
  await host.visitor.call('POST', '/api/channels/bridge/moderation/ban', { body: { user: 'beggar', reason: '' } })
  expect(await codeOf(buy(poor.visitor, 'bridge', 'week'))).toBe('kept-out')
  expect(await balance('beggar', 'coin')).toBe(100_000)
})

test('guards-only chat opens to who becomes a guard, on another server, without joining anew; badge and line are there', async () => {
  const host = await stage.host('hall')
  const reader = await rich('reader', 'two')
  const joined = await reader.page.request('chat:join', { channel: 'hall' })
  expect(joined.self.guard).toBeNull()
  await host.page.request('chat:join', { channel: 'hall' })
  await host.page.request('chat:set-modes', { channel: 'hall', modes: { guardsOnly: true } })
  await eventually('only guards write', async () => (await reader.page.sayRefused('hall', 'may I?')) === 'guards-only')
  expect((await buy(reader.visitor, 'hall', 'month')).status).toBe(201)
  await reader.page.isTold('chat:self-changed', ({ self }) => self.guard === 'month')
  await eventually('the guard writes', async () => (await reader.page.sayRefused('hall', 'good evening')) === null)
  await host.page.sees('good evening')
  expect(host.page.shown().find(({ text }) => text === 'good evening')?.author).toMatchObject({ guard: 'month' })
  const boughtLines = () => host.page.shown().filter(({ line }) => line?.type === 'guard-bought')
  await eventually('the room hears of the guard', () => boughtLines().length === 1)
  expect(boughtLines()[0]?.line).toMatchObject({ name: 'reader', term: 'month' })
  // Told again, as by a server that died before it had noted that it was told.
  const { id } = (await database('guard_purchases').where({ user_id: await idOf('reader') }).first('id')) as { id: string }
  const { id: channelId } = (await database('channels').where({ name: 'hall' }).first('id')) as { id: string }
  await database('outbox').insert({ topic: 'guard-bought', payload: JSON.stringify({ purchaseId: id, channelId, userId: await idOf('reader') }), due_at: new Date(), created_at: new Date() })
  await eventually('the outbox is empty', async () => (await database('outbox').where({ topic: 'guard-bought' })).length === 0)
  await host.page.say('hall', 'after it')
  await reader.page.sees('after it')
  expect(await database('chat_messages').where({ line: 'guard-bought', channel_id: channelId })).toHaveLength(1)
})

async function onAir(name: string): Promise<{ visitor: Visitor; page: ChatPage }> {
  const host = await stage.host(name)
  const { streamKey } = (await host.visitor.call<StreamKeyView>('GET', `/api/channels/${name}/stream-key`)).body
  await stage.one.visitor().call('POST', '/internal/publish', { body: { bridgeId: 'bridgeofguards', streamKey, remoteAddress: '192.0.2.1' }, headers: { authorization: `Bearer ${stage.one.secret}` } })
  return host
}

test('a guard who comes in is announced once in ten minutes, other viewers are not', async () => {
  const host = await onAir('gate')
  await host.page.request('chat:join', { channel: 'gate' })
  const guard = await rich('herald', 'two')
  const viewer = await stage.user('passerby', 'two')
  await buy(guard.visitor, 'gate', 'year')
  await eventually('both servers know', async () => (await view(guard.visitor, 'gate')).me !== null)
  for (const { page } of [viewer, guard]) await page.request('watch', { channel: 'gate', mode: 'hls' })
  const entrances = () => host.page.shown().filter(({ line }) => line?.type === 'guard-entered')
  await eventually('the guard is announced', () => entrances().length > 0)
  guard.page.close()
  const again = await stage.page(guard.visitor, 'one')
  await again.request('watch', { channel: 'gate', mode: 'hls' })
  await host.page.say('gate', 'that was it')
  await host.page.sees('that was it')
  expect(entrances().map(({ line }) => line)).toEqual([{ type: 'guard-entered', name: 'herald', term: 'year' }])
})

test('a year guard is muted and let speak again by the host alone, and by operators; another guard by moderators too', async () => {
  const host = await stage.host('court')
  const [moderator, operator, year, month] = [await stage.user('warden'), await stage.user('overlord'), await rich('duke'), await rich('baron')]
  await database('users').where({ name: 'overlord' }).update({ role: 'operator' })
  await host.visitor.call('PUT', '/api/channels/court/moderation/moderators/warden', { body: {} })
  await buy(year.visitor, 'court', 'year')
  await buy(month.visitor, 'court', 'month')
  const act = async (visitor: Visitor, what: 'mute' | 'unmute', user: string) => {
    const { status, body } = await visitor.call('POST', `/api/channels/court/moderation/${what}`, { body: { user, reason: '', ...(what === 'mute' ? { for: 600 } : {}) } })
    return status < 300 ? 'done' : body.error?.code
  }
  await eventually('the guard is known', async () => (await act(moderator.visitor, 'mute', 'duke')) === 'forbidden')
  expect(await act(moderator.visitor, 'mute', 'baron')).toBe('done')
  expect(await act(host.visitor, 'mute', 'duke')).toBe('done')
  expect(await act(moderator.visitor, 'unmute', 'duke')).toBe('forbidden')
  expect(await act(host.visitor, 'unmute', 'duke')).toBe('done')
  await eventually('the operator’s role is known', async () => (await act(operator.visitor, 'mute', 'duke')) === 'done')
  expect(await act(operator.visitor, 'unmute', 'duke')).toBe('done')
})

test('the end is told of once: three days before, one day before, and when it has come, whichever servers run', async () => {
  await stage.host('keep')
  const { visitor } = await rich('sentry')
  await buy(visitor, 'keep', 'week')
  const kinds = async () => (await visitor.call<NotificationsPage>('GET', '/api/notifications')).body.notifications.map(({ kind, link }) => `${kind} ${link}`)
  const userId = await idOf('sentry')
  /** As if it were later: the end moves here, and two servers that begin at once look for what is due. */
  const comeNearer = async (msBefore: number) => {
    const until = new Date(Date.now() + msBefore)
    const rest = { month_until: new Date(), year_until: new Date() }
    await database('guardians').where({ user_id: userId }).update({ week_until: until, ...rest, notice_at: new Date(Date.now() - 1000) })
    const more = await Promise.all([1, 2].map(() => startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), sharing: stage.one })))
    await eventually('the notice is out', async () => (await database('guardians').where({ user_id: userId }).where('notice_at', '<=', new Date())).length === 0 && (await database('outbox').where({ topic: 'guard-ending' })).length === 0)
    await Promise.all(more.map((server) => server.stop()))
  }
  await comeNearer(2.5 * DAY)
  expect(await kinds()).toEqual(['guard-ending /guard/keep'])
  await comeNearer(0.5 * DAY)
  expect(await kinds()).toEqual(['guard-last-day /guard/keep', 'guard-ending /guard/keep'])
  await comeNearer(-1000)
  expect((await kinds())[0]).toBe('guard-ended /guard/keep')
  expect(await kinds()).toHaveLength(3)
  expect((await database('guardians').where({ user_id: userId }).first('notice_at')) as unknown).toEqual({ notice_at: null })
  expect((await view(visitor, 'keep')).me).toBeNull()
}, 120_000)

test('who deletes the account guards nobody any more; what was paid stays in the books', async () => {
  await stage.host('moat')
  const { visitor } = await rich('ghost')
  await buy(visitor, 'moat', 'year')
  const userId = await idOf('ghost')
  expect((await visitor.call('POST', '/api/me/delete', { body: { password: 'a good password' } })).status).toBeLessThan(300)
  await eventually('the guard is gone', async () => (await database('guardians').where({ user_id: userId })).length === 0)
  expect(await database('guard_purchases').where({ user_id: userId })).toHaveLength(1)
  expect((await stage.one.visitor().call<GuardListPage>('GET', '/api/channels/moat/guards')).body.guards).toEqual([])
})
