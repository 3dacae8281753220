// Following: what the pages are told, and counts that stay right whatever happens at once.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { UserId } from '../../server/contract/ids.ts'
import type { FollowView, PeoplePage, ProfileView } from '../../server/contract/social.ts'
import { createLogger } from '../../server/core/logger.ts'
import { openRedis } from '../../server/core/openRedis.ts'
import type { Redis } from '../../server/core/openRedis.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { Follows } from '../../server/social/Follows.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

let server: TestServer
let database: Database
let redis: Redis
let follows: Follows
beforeAll(async () => {
  server = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  database = openDatabase({ url: server.databaseUrl })
  redis = openRedis({ url: inject('redisUrl'), onError: () => undefined })
  follows = new Follows({ database, redis, log: createLogger({ name: 'test', level: 'silent' }) })
})
afterAll(async () => {
  await redis?.quit()
  await database?.destroy()
  await server?.stop()
})

async function person(name: string): Promise<Visitor> {
  const visitor = server.visitor()
  await visitor.signUp(name)
  return visitor
}
const idOf = async (name: string) => ((await database('users').where({ name }).first('id')) as { id: UserId }).id
const profile = async (visitor: Visitor, name: string) => (await visitor.call<ProfileView>('GET', `/api/people/${name}`)).body

/** People without passwords, made quickly. */
async function crowd(prefix: string, size: number): Promise<UserId[]> {
  const ids = Array.from({ length: size }, (_none, index) => `${prefix}${String(index).padStart(16 - prefix.length, '0')}` as UserId)
  await database('users').insert(ids.map((id) => ({ id, name: id, password_hash: '', created_at: new Date() })))
  return ids
}

/** Every user's kept counts beside what the follows themselves say. */
async function wrongCounts(): Promise<unknown[]> {
  const [rows] = (await database.raw(`
    SELECT user_id, followers, following,
      (SELECT COUNT(*) FROM follows WHERE followed_id = user_id) AS really_followers,
      (SELECT COUNT(*) FROM follows WHERE follower_id = user_id) AS really_following
    FROM follow_counts HAVING followers <> really_followers OR following <> really_following`)) as [unknown[]]
  return rows
}

test('following and unfollowing change both sides once, however often they are asked for', async () => {
  const [anna] = [await person('anna'), await person('bert')]
  for (const _again of [1, 2]) expect(await anna.call<FollowView>('PUT', '/api/people/bert/follow')).toMatchObject({ status: 200, body: { followedByMe: true, friend: false, liveNotices: true, followers: 1 } })
  expect(await profile(anna, 'anna')).toMatchObject({ following: 1, followers: 0, isMe: true })
  for (const _again of [1, 2]) expect(await anna.call<FollowView>('DELETE', '/api/people/bert/follow')).toMatchObject({ status: 200, body: { followedByMe: false, followers: 0 } })
  expect(await profile(anna, 'anna')).toMatchObject({ following: 0 })
})

test('two who follow each other are friends', async () => {
  const [cleo, dora] = [await person('cleo'), await person('dora')]
  await cleo.call('PUT', '/api/people/dora/follow')
  expect(await profile(dora, 'cleo')).toMatchObject({ followsMe: true, followedByMe: false, friend: false })
  await dora.call('PUT', '/api/people/cleo/follow')
  expect(await profile(dora, 'cleo')).toMatchObject({ followsMe: true, followedByMe: true, friend: true })
  const friends = await server.visitor().call<PeoplePage>('GET', '/api/people/cleo/friends')
  expect(friends.body.people.map(({ person: { name } }) => name)).toEqual(['dora'])
})

test('a visitor sees a profile as a stranger and must log in to follow', async () => {
  await person('emil')
  expect(await profile(server.visitor(), 'emil')).toMatchObject({ followedByMe: false, isMe: false, person: { name: 'emil' } })
  expect(await server.visitor().call('PUT', '/api/people/emil/follow')).toMatchObject({ status: 401, body: { error: { code: 'not-logged-in' } } })
})

test('nobody follows themselves or somebody who does not exist', async () => {
  const finn = await person('finn')
  expect(await finn.call('PUT', '/api/people/finn/follow')).toMatchObject({ status: 400 })
  expect(await finn.call('PUT', '/api/people/nobody-here/follow')).toMatchObject({ status: 404, body: { error: { code: 'user-not-found' } } })
})

test('a long list is paged without gaps or repeats while others join it, and can be searched', async () => {
  const gail = await person('gail')
  const gailId = await idOf('gail')
  const fans = await crowd('fan', 65)
  for (const followerId of fans) await follows.follow({ followerId, followedId: gailId })
  const seen: string[] = []
  let next: string | null = null
  do {
    const page: PeoplePage = (await gail.call<PeoplePage>('GET', `/api/people/gail/followers?limit=20${next === null ? '' : `&after=${next}`}`)).body
    seen.push(...page.people.map(({ person: { name } }) => name))
    next = page.next
    const [late] = await crowd(`late${seen.length}x`, 1)
    await follows.follow({ followerId: late as UserId, followedId: gailId })
  } while (next !== null)
  expect(seen).toEqual(fans.toReversed())
  const found = await gail.call<PeoplePage>('GET', '/api/people/gail/followers?q=00007')
  expect(found.body.people.map(({ person: { name } }) => name)).toEqual([fans[7]])
})

test('fifty parallel follows and unfollows of the same people leave counts that are right', async () => {
  const people = await crowd('par', 6)
  const acts = Array.from({ length: 50 }, (_none, index) => ({ followerId: people[index % 3] as UserId, followedId: people[(index * 7 + 1) % 6] as UserId, follow: index % 4 !== 3 })).filter(({ followerId, followedId }) => followerId !== followedId)
  await Promise.all(acts.flatMap(({ follow, ...pair }) => [follow ? follows.follow(pair) : follows.unfollow(pair), follows.follow({ followerId: pair.followedId, followedId: pair.followerId })]))
  await Promise.all(acts.map(({ follow, ...pair }) => (follow ? follows.unfollow(pair) : follows.follow(pair))))
  expect(await wrongCounts()).toEqual([])
})

test('following the same person fifty times at once counts once and is news once', async () => {
  const [followerId, followedId] = (await crowd('one', 2)) as [UserId, UserId]
  const news: unknown[] = []
  follows.on('followed', (pair) => news.push(pair))
  await Promise.all(Array.from({ length: 50 }, () => follows.follow({ followerId, followedId })))
  await follows.unfollow({ followerId, followedId })
  await follows.follow({ followerId, followedId })
  expect(await follows.counts(followedId)).toEqual({ followers: 1, following: 0 })
  expect(news).toEqual([{ followerId, followedId }])
})

test('an erased account is in nobody’s follows or counts', async () => {
  const [gone, ...others] = (await crowd('era', 5)) as [UserId, ...UserId[]]
  for (const other of others) await Promise.all([follows.follow({ followerId: gone, followedId: other }), follows.follow({ followerId: other, followedId: gone })])
  await follows.erase(gone)
  for (const other of others) expect(await follows.counts(other)).toEqual({ followers: 0, following: 0 })
  expect(await wrongCounts()).toEqual([])
})
