// Deletion of an account: what was personal is gone, what others need to make sense of stays without a name.
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { ChannelView, StreamKeyView } from '../../server/contract/http.ts'
import { openRedis } from '../../server/core/openRedis.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { hungUp, openSocket } from '../support/openSocket.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

const password = 'a good password'
let server: TestServer
let second: TestServer
let database: Database
beforeAll(async () => {
  server = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  second = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), sharing: server })
  database = openDatabase({ url: server.databaseUrl })
})
afterAll(async () => {
  await database?.destroy()
  await second?.stop()
  await server?.stop()
})

const picture = () => sharp({ create: { width: 64, height: 64, channels: 3, background: 'teal' } }).png().toBuffer()
const idOf = async (name: string) => ((await database('users').where({ name }).first('id')) as { id: string }).id

const publish = (streamKey: string) =>
  server.visitor().call<{ broadcastId: string; error?: { code: string } }>('POST', '/internal/publish', { body: { bridgeId: 'bridgebridge1234', remoteAddress: '127.0.0.1', streamKey }, headers: { authorization: `Bearer ${server.secret}` } })

/** Somebody with everything that an account can have. */
async function somebody(name: string): Promise<{ visitor: Visitor; id: string }> {
  const visitor = server.visitor()
  await visitor.signUp(name)
  await visitor.call('PATCH', '/api/me/profile', { body: { displayName: `Shown ${name}`, bio: `The bio of ${name}`, links: [{ label: 'x', url: `https://${name}.example` }] } })
  await visitor.call('PUT', '/api/me/email', { body: { email: `${name}@mail.example`, password } })
  await visitor.call('PUT', '/api/me/avatar', { body: await picture(), headers: { 'content-type': 'image/png' } })
  await visitor.call('POST', '/api/me/recovery-codes', { body: { password } })
  await visitor.call('POST', '/api/channels', { body: { name, title: `The show of ${name}`, category: 'talk' } })
  await visitor.call('PUT', `/api/channels/${name}/cover`, { body: await picture(), headers: { 'content-type': 'image/png' } })
  return { visitor, id: await idOf(name) }
}

test('it needs the password', async () => {
  const { visitor } = await somebody('ada')
  expect((await visitor.call('POST', '/api/me/delete', { body: { password: 'wrong' } })).status).toBe(401)
  expect((await server.visitor().call('POST', '/api/me/delete', { body: { password } })).status).toBe(401)
  expect((await server.visitor().logIn('ada')).status).toBe(200)
})

test('nothing personal is left in tables, files, sessions or sockets, on any server', async () => {
  const { visitor, id } = await somebody('brian')
  const { body: key } = await visitor.call<StreamKeyView>('GET', '/api/channels/brian/stream-key')
  const elsewhere = second.visitor()
  await elsewhere.logIn('brian')
  const end = hungUp(await openSocket(elsewhere))
  const files = async () => (await Promise.all(['avatars', 'covers'].map((folder) => readdir(join(server.mediaDir, folder))))).flat().length
  const before = await files()
  const { status, headers } = await visitor.call('POST', '/api/me/delete', { body: { password } })
  expect(status).toBe(204)
  expect(headers.getSetCookie().map((cookie) => cookie.split('=')[0]).sort()).toEqual(['footlight_session', 'footlight_visitor'])
  await end
  expect(await files()).toBe(before - 2)
  for (const table of ['users', 'channels', 'recovery_codes', 'mailed_codes']) expect(JSON.stringify(await database(table).select()), table).not.toContain('brian')
  expect(await database('users').where({ id }).first()).toMatchObject({ name: `deleted-${id}`, display_name: null, avatar: null, bio: '', links: null, email: null, disabled: 1, erased_at: expect.any(Date) as Date })
  expect(await database('recovery_codes').where({ user_id: id })).toEqual([])
  expect((await elsewhere.call<{ user: unknown }>('GET', '/api/me')).body.user).toBeNull()
  expect((await server.visitor().logIn('brian')).body.error?.code).toBe('wrong-password')
  expect((await server.visitor().logIn(`deleted-${id}`, '!')).body.error?.code).toBe('wrong-password')
  expect((await publish(key.streamKey)).body.error?.code).toBe('wrong-stream-key')
})

test('the channel is found by nobody, its replays are gone, and neither name can be taken by another', async () => {
  const { visitor } = await somebody('carol')
  const { id: channelId } = (await database('channels').where({ name: 'carol' }).first('id')) as { id: string }
  const broadcastId = 'aaaabbbbccccdddd'
  await database('broadcasts').insert({ id: broadcastId, channel_id: channelId, title: 'Carol in person', source: 'rtmp', state: 'ended', started_at: new Date(), ended_at: new Date() })
  await database('replays').insert({ broadcast_id: broadcastId, state: 'ready', updated_at: new Date() })
  expect((await server.visitor().call<ChannelView>('GET', '/api/channels/carol')).body.replays).toHaveLength(1)
  await visitor.call('POST', '/api/me/delete', { body: { password } })
  for (const name of ['carol', `deleted-${channelId}`]) expect((await server.visitor().call('GET', `/api/channels/${name}`)).body.error?.code).toBe('channel-not-found')
  expect((await server.visitor().call('GET', `/api/replays/${broadcastId}`)).body.error?.code).toBe('replay-not-found')
  expect(JSON.stringify(await database('broadcasts').select())).not.toContain('Carol')
  await expect(stat(join(server.mediaDir, 'recordings', broadcastId))).rejects.toThrow()
  expect((await server.visitor().signUp('carol')).body.error?.code).toBe('name-taken')
  const other = server.visitor()
  await other.signUp('someone-else')
  expect((await other.call('POST', '/api/channels', { body: { name: 'carol', title: 'Not hers', category: 'talk' } })).body.error?.code).toBe('name-taken')
  expect(JSON.stringify(await database('retired_names').select())).not.toContain('carol')
})

test('sanctions, reports, the audit record and what was watched keep nothing of the person; a ban goes on for its browsers', async () => {
  const { id: hostId } = await somebody('ella')
  const { visitor, id } = await somebody('felix')
  const { id: channelId } = (await database('channels').where({ name: 'ella' }).first('id')) as { id: string }
  const at = new Date()
  const sanction = async (kind: string, until: Date | null, browser: string) => {
    const [row] = (await database('sanctions').insert({ channel_id: channelId, user_id: id, kind, until, reason: 'rude', by_id: hostId, created_at: at, active_key: `${channelId}.${id}.${kind === 'mute' ? 'mute' : 'out'}` })) as [number]
    await database('sanction_traces').insert({ sanction_id: row, kind: 'visitor', value: browser, seen_at: at })
  }
  await sanction('ban', null, 'browser-of-the-ban')
  await sanction('mute', null, 'browser-of-the-mute')
  await database('audit').insert({ actor_id: hostId, channel_id: channelId, target_id: id, action: 'chat:delete', reason: 'spam', detail: JSON.stringify({ count: 1, texts: ['the words of felix'] }), at })
  const report = { type: 'user', reason: 'spam', text: 'reported words', evidence: '{"type":"user","name":"felix"}', state: 'open', created_at: at, updated_at: at }
  await database('reports').insert([
    { ...report, id: 'reportagainst222', reporter_id: hostId, target_id: id, accused_id: id, open_key: `${hostId}.${id}` },
    { ...report, id: 'reportmadeby2222', reporter_id: id, target_id: hostId, accused_id: hostId, evidence: '{}', open_key: `${id}.${hostId}` },
  ])
  const redis = openRedis({ url: inject('redisUrl'), onError: () => undefined })
  await redis.zadd(`watched:${id}`, 1, 'ella')
  expect((await visitor.call('POST', '/api/me/delete', { body: { password } })).status).toBe(204)
  await expect.poll(async () => ((await database('users').where({ id }).first('erased_at')) as { erased_at: Date | null }).erased_at, { timeout: 10_000 }).not.toBeNull()
  expect(await database('sanctions').where({ user_id: id })).toEqual([])
  expect((await database('sanction_traces').select('value')) as unknown).toEqual([{ value: 'browser-of-the-ban' }])
  expect(await database('sanctions').where({ channel_id: channelId }).whereNotNull('active_key')).toHaveLength(1)
  expect(await database('audit').where({ target_id: id, action: 'chat:delete' }).first('reason', 'detail')).toEqual({ reason: 'spam', detail: '{"count":1}' })
  expect(await database('reports').select('id', 'reporter_id', 'text')).toEqual([{ id: 'reportmadeby2222', reporter_id: null, text: '' }])
  expect(await redis.exists(`watched:${id}`)).toBe(0)
  redis.disconnect()
})

test('who is on air goes off the air', async () => {
  const { visitor } = await somebody('edsger')
  const { body: key } = await visitor.call<StreamKeyView>('GET', '/api/channels/edsger/stream-key')
  const { broadcastId } = (await publish(key.streamKey)).body
  expect((await server.visitor().call<ChannelView>('GET', '/api/channels/edsger')).body.broadcast).toMatchObject({ id: broadcastId })
  await visitor.call('POST', '/api/me/delete', { body: { password } })
  expect(await database('broadcasts').where({ id: broadcastId }).first()).toMatchObject({ state: 'ended', running_channel_id: null })
})

test('names that a deleted account could have are nobody’s', async () => {
  expect((await server.visitor().signUp('deleted-me')).body.error?.code).toBe('name-taken')
})

test('what could not be erased is erased by the next server that starts', async () => {
  const { id } = await somebody('dennis')
  await database('users').where({ id }).update({ name: `deleted-${id}`, disabled: true, deleted_at: new Date() })
  const third = await startServer({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), sharing: server })
  await expect.poll(async () => ((await database('users').where({ id }).first('erased_at')) as { erased_at: Date | null }).erased_at, { timeout: 10_000 }).not.toBeNull()
  expect(await database('channels').where({ owner_id: id }).first()).toMatchObject({ title: '', cover: null })
  await third.stop()
})
