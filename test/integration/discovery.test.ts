// Finding channels: home, tags, search and rankings.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { HomeView, RankingView, SearchView, Suggestion } from '../../server/contract/discovery.ts'
import type { ChannelView } from '../../server/contract/http.ts'
import type { UserId } from '../../server/contract/ids.ts'
import { newId } from '../../server/core/newId.ts'
import { openRedis } from '../../server/core/openRedis.ts'
import type { Redis } from '../../server/core/openRedis.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { addWatched, readRanking } from '../../server/discovery/rankingStore.ts'
import { takeTurn } from '../../server/discovery/takeTurn.ts'
import { eventually } from '../support/eventually.ts'
import { LiveElsewhere } from '../support/liveElsewhere.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

let server: TestServer
let database: Database
let redis: Redis
let elsewhere: LiveElsewhere
beforeAll(async () => {
  server = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), env: { TRUST_PROXY: '1' } })
  database = openDatabase({ url: server.databaseUrl, poolSize: 4 })
  redis = openRedis({ url: inject('redisUrl'), onError: () => undefined })
  elsewhere = new LiveElsewhere({ database, redis })
})
afterAll(async () => {
  elsewhere?.close()
  await database?.destroy()
  await redis?.quit()
  await server?.stop()
})

async function host(name: string, { title = `The show of ${name}`, category = 'music', tags = [] as string[] } = {}): Promise<Visitor> {
  const visitor = server.visitor()
  expect((await visitor.signUp(name)).status).toBe(201)
  expect((await visitor.call('POST', '/api/channels', { body: { name, title, category } })).status).toBe(201)
  if (tags.length > 0) expect((await visitor.call('PATCH', `/api/channels/${name}`, { body: { tags } })).status).toBe(200)
  return visitor
}

async function follow(follower: string, followed: string): Promise<void> {
  const idOf = async (name: string) => ((await database('users').where({ name }).first('id')) as { id: UserId }).id
  await database('follows').insert({ follower_id: await idOf(follower), followed_id: await idOf(followed), since: new Date() })
}
const homeOf = async (visitor: Visitor, query = '') => (await visitor.call<HomeView>('GET', `/api/home${query}`)).body
const search = async (q: string) => (await server.visitor().call<SearchView>('GET', `/api/search?q=${encodeURIComponent(q)}`)).body
const finds = (q: string, test: (view: SearchView) => boolean) => eventually(`a search for ${q}`, async () => test(await search(q)), 10_000)

test('tags are normalised, bounded, and changed by the owner alone', async () => {
  const ada = await host('ada', { title: '深夜吉他弹唱', tags: ['#Guitar', '吉他', 'guitar'] })
  expect((await ada.call<ChannelView>('GET', '/api/channels/ada')).body.tags).toEqual(['guitar', '吉他'])
  expect((await ada.call('PATCH', '/api/channels/ada', { body: { tags: ['a', 'b', 'c', 'd', 'e', 'f'] } })).status).toBe(400)
  expect((await ada.call('PATCH', '/api/channels/ada', { body: { tags: [''] } })).status).toBe(400)
  const other = await host('other')
  expect((await other.call('PATCH', '/api/channels/ada', { body: { tags: ['mine'] } })).status).toBe(403)
  const both = await Promise.all([['one', 'two'], ['two', 'one']].map((tags) => ada.call<ChannelView>('PATCH', '/api/channels/ada', { body: { tags } })))
  expect(both.map(({ status }) => status)).toEqual([200, 200])
  expect((await ada.call<ChannelView>('PATCH', '/api/channels/ada', { body: { tags: ['guitar', '吉他'] } })).body.tags).toEqual(['guitar', '吉他'])
})

test('a channel is found by any part of its name, title, tags and host, in any script; nonsense finds nothing', async () => {
  await host('lovelace', { title: 'The Analytical Engine, tonight', tags: ['mathematics'] })
  await finds('吉他弹', ({ channels }) => channels.some(({ channel }) => channel === 'ada'))
  for (const [query, channel] of [['弹唱', 'ada'], ['唱', 'ada'], ['ｇuiTAR', 'ada'], ['lytic', 'lovelace'], ['engine love', 'lovelace'], ['mathem', 'lovelace'], ['l', 'lovelace']] as const)
    expect((await search(query)).channels.map((card) => card.channel), query).toContain(channel)
  for (const query of ['唱弹', 'enginex', '+*-"(', '  ', '%_%', '吉唱']) expect((await search(query)).channels, query).toEqual([])
})

test('a changed title and a changed display name are found at once, the old ones no more', async () => {
  const eve = await host('eve', { title: 'Cooking with fire' })
  await finds('cooking', ({ channels }) => channels.length === 1)
  await eve.call('PATCH', '/api/channels/eve', { body: { title: '周末野外生火' } })
  await finds('野外', ({ channels }) => channels.length === 1)
  expect((await search('cooking')).channels).toEqual([])
})

test('people, tags and replays are found too, and those without a document are given one', async () => {
  const id = newId<string>()
  const { id: channelId } = (await database('channels').where({ name: 'ada' }).first('id')) as { id: string }
  await database('broadcasts').insert({ id, channel_id: channelId, title: '昨晚的月光奏鸣曲', source: 'rtmp', state: 'ended', started_at: new Date(), live_at: new Date(), ended_at: new Date() })
  await database('replays').insert({ broadcast_id: id, state: 'ready', duration_ms: 90_000, bytes: 5, updated_at: new Date() })
  await eventually('the replay is found', async () => (await search('月光')).replays.some(({ broadcastId }) => broadcastId === id), 25_000)
  expect((await search('吉')).tags).toEqual([{ tag: '吉他', channels: 1 }])
  await server.visitor().signUp('quietviewer')
  await eventually('the new person is found', async () => (await search('quietv')).people.some(({ name }) => name === 'quietviewer'), 25_000)
  // Asking again and again has used the limit up.
  let body: Suggestion[] = []
  await eventually('suggestions are given', async () => {
    const answer = await server.visitor().call<Suggestion[]>('GET', '/api/search/suggestions?q=ada')
    body = answer.body
    return answer.status === 200
  })
  expect(body[0]).toMatchObject({ kind: 'channel', channel: 'ada' })
  expect(body.length).toBeLessThanOrEqual(8)
})

test('home ranks what is live, whichever server carries it, and narrows by category and tag', async () => {
  await host('bigshow', { category: 'games', tags: ['speedrun'] })
  await elsewhere.begin('bigshow', 900)
  await elsewhere.begin('ada', 3)
  await eventually('both are live', async () => (await homeOf(server.visitor())).live.length === 2, 8000)
  const home = await homeOf(server.visitor())
  expect(home.live.map(({ channel }) => channel)).toEqual(['bigshow', 'ada'])
  expect(home.live[0]).toMatchObject({ owner: { name: 'bigshow', displayName: 'bigshow' }, live: { viewers: 900, state: 'live' }, tags: ['speedrun'] })
  expect(home.categories.map(({ category, live: count }) => [category, count])).toEqual([['games', 1], ['music', 1]])
  expect(home.tags.map(({ tag }) => tag)).toContain('speedrun')
  expect((await homeOf(server.visitor(), '?category=music')).live.map(({ channel }) => channel)).toEqual(['ada'])
  expect((await homeOf(server.visitor(), `?tag=${encodeURIComponent('#吉他')}`)).live.map(({ channel }) => channel)).toEqual(['ada'])
  expect((await server.visitor().call('GET', '/api/home?category=nonsense')).status).toBe(400)
  expect((await server.visitor().call('GET', '/api/home')).headers.get('cache-control')).toBe('private, no-cache')
})

test('home shows followed channels first, and recommends with a reason whom fellow followers follow', async () => {
  const fan = server.visitor()
  await fan.signUp('fan')
  for (const peer of ['peer-one', 'peer-two']) {
    await server.visitor().signUp(peer)
    await follow(peer, 'ada')
    await follow(peer, 'bigshow')
  }
  await follow('fan', 'ada')
  await follow('fan', 'eve')
  const home = await homeOf(fan)
  expect(home.following.live.map(({ channel }) => channel)).toEqual(['ada'])
  expect(home.following.offline.map(({ channel }) => channel)).toEqual(['eve'])
  expect(home.recommended[0]).toMatchObject({ channel: 'bigshow', reason: { kind: 'co-follow', person: { name: 'ada' } } })
  expect(home.live.map(({ channel }) => channel)).not.toContain('ada')
  // Nothing personal reaches others.
  expect((await homeOf(server.visitor())).following).toEqual({ live: [], offline: [] })
})

test('live channels come first in search', async () => {
  await host('ada-offline', { title: 'Ada, but not live' })
  await finds('ada', ({ channels }) => channels.length >= 2)
  expect((await search('ada')).channels[0]?.channel).toBe('ada')
})

test('one server takes each turn of sampling; what was counted is in MySQL, by hour, day and week', async () => {
  const turn = Math.floor(Date.now() / 15_000) + 1000
  const taken = await Promise.all(Array.from({ length: 6 }, () => database.transaction((within) => takeTurn(within, 'ranking', turn))))
  expect(taken.filter(Boolean)).toHaveLength(1)
  await database('task_turns').where({ task: 'ranking' }).update({ turn: 0 })

  const idOf = async (name: string) => ((await database('channels').where({ name }).first('id')) as { id: never }).id
  const [ada, big] = [await idOf('ada'), await idOf('bigshow')]
  await database('ranking_buckets').delete()
  const now = Date.now()
  const hour = 3_600_000
  await addWatched(database, [{ channelId: ada, watchSeconds: 100, peakViewers: 4 }], now)
  await addWatched(database, [{ channelId: ada, watchSeconds: 50, peakViewers: 2 }], now)
  await addWatched(database, [{ channelId: big, watchSeconds: 1000, peakViewers: 9 }], now - 5 * hour)
  await addWatched(database, [{ channelId: ada, watchSeconds: 5000, peakViewers: 9 }], now - 3 * 24 * hour)
  await addWatched(database, [{ channelId: big, watchSeconds: 99_999, peakViewers: 9 }], now - 9 * 24 * hour)
  const sums = async (period: 'hour' | 'day' | 'week') => (await readRanking(database, period, { now, limit: 10 })).map(({ channelId, watchSeconds }) => [channelId, watchSeconds])
  expect(await sums('hour')).toEqual([[ada, 150]])
  expect(await sums('day')).toEqual([[big, 1000], [ada, 150]])
  expect(await sums('week')).toEqual([[ada, 5150], [big, 1000]])
  await redis.del('ranking:hour', 'ranking:day', 'ranking:week')
  const { body } = await server.visitor().call<RankingView>('GET', '/api/rankings?period=week')
  expect(body.entries.map(({ card, watchSeconds }) => [card.channel, watchSeconds >= 1000])).toEqual([['ada', true], ['bigshow', true]])
})

test('searching is bounded by address', async () => {
  const hasty = server.visitor()
  const answers = await Promise.all(Array.from({ length: 80 }, () => hasty.call('GET', '/api/search?q=ada', { headers: { 'x-forwarded-for': '203.0.113.8' } })))
  expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(0)
  expect(answers.find(({ status }) => status === 429)?.headers.get('retry-after')).toMatch(/^\d+$/)
})
