// Blocking: it ends follows both ways, keeps them ended, and is the blocker's own business.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { PeoplePage, ProfileView } from '../../server/contract/social.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

let server: TestServer
let anna: Visitor
let bert: Visitor
beforeAll(async () => {
  server = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  ;[anna, bert] = [server.visitor(), server.visitor()]
  await anna.signUp('anna')
  await bert.signUp('bert')
})
afterAll(() => server?.stop())

test('blocking ends the follows of both and their counts', async () => {
  await anna.call('PUT', '/api/people/bert/follow')
  await bert.call('PUT', '/api/people/anna/follow')
  expect(await anna.call('PUT', '/api/people/bert/block')).toMatchObject({ status: 200, body: { blockedByMe: true, followedByMe: false, followsMe: false, followers: 0 } })
  expect((await bert.call<ProfileView>('GET', '/api/people/anna')).body).toMatchObject({ followers: 0, following: 0, blockedByMe: false })
})

test('neither can follow the other while the block stands', async () => {
  for (const [who, whom] of [[anna, 'bert'], [bert, 'anna']] as const) expect(await who.call('PUT', `/api/people/${whom}/follow`)).toMatchObject({ status: 403, body: { error: { code: 'blocked' } } })
})

test('the list of blocks is one’s own, and taking one back lets both follow again', async () => {
  expect((await anna.call<PeoplePage>('GET', '/api/blocks')).body.people.map(({ person }) => person.name)).toEqual(['bert'])
  expect((await bert.call<PeoplePage>('GET', '/api/blocks')).body.people).toEqual([])
  expect(await server.visitor().call('GET', '/api/blocks')).toMatchObject({ status: 401 })
  await anna.call('DELETE', '/api/people/bert/block')
  expect(await bert.call('PUT', '/api/people/anna/follow')).toMatchObject({ status: 200, body: { followedByMe: true } })
})
