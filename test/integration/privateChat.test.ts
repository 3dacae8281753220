// Private chat on two servers: what is answered is stored, counted right, told to both, and stays between them.
import { randomUUID } from 'node:crypto'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import type { Reply } from '../../server/contract/errors.ts'
import type { ConversationPage, ConversationView, MessagePage, PrivateCounts, PrivateImage, PrivateMessage, PrivateSearch, PrivateSettings, ThreadView } from '../../server/contract/privateChat.ts'
import type { ReplyData, RequestName } from '../../server/contract/sockets.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { eventually } from '../support/eventually.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

let one: TestServer
let two: TestServer
let database: Database
const sockets: Socket[] = []

beforeAll(async () => {
  // Behind a proxy, each person comes from an address of their own.
  const urls = { databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), env: { TRUST_PROXY: '1' } }
  one = await startServer(urls)
  two = await startServer({ ...urls, sharing: one })
  database = openDatabase({ url: one.databaseUrl })
})
afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()))
afterAll(async () => {
  await database?.destroy()
  await two?.stop()
  await one?.stop()
})

type Fact = { readonly conversation: ConversationView; readonly message?: PrivateMessage; readonly key?: string }
type Person = {
  readonly name: string
  readonly visitor: Visitor
  readonly socket: Socket
  /** What this person's page was told. */
  readonly heard: Array<readonly [event: string, fact: Fact]>
  ask<N extends RequestName>(event: N, data: unknown): Promise<Reply<ReplyData[N]>>
  say(to: Person, text: string, more?: { clientId?: string; image?: string }): Promise<PrivateMessage>
  get<T>(path: string): Promise<T>
  counts(): Promise<PrivateCounts>
  thread(other: Person): Promise<ThreadView>
}

let born = 0
/** A new user with a page open on that server. */
async function person(server: TestServer = one, address = `10.0.0.${born + 1}`): Promise<Person> {
  const visitor = server.visitor()
  const name = `person${(born += 1)}`
  expect((await visitor.signUp(name)).status).toBe(201)
  return enter(server, visitor, name, address)
}

async function enter(server: TestServer, visitor: Visitor, name: string, address = '10.0.1.1'): Promise<Person> {
  const socket = io(server.url, { transports: ['websocket'], extraHeaders: { cookie: visitor.cookie, 'x-forwarded-for': address }, forceNew: true })
  sockets.push(socket)
  const heard: Person['heard'] = []
  socket.onAny((event: string, fact: Fact) => heard.push([event, fact]))
  await new Promise<void>((resolve) => socket.once('connect', resolve))
  const me: Person = {
    name,
    visitor,
    socket,
    heard,
    ask: (event, data) => socket.timeout(10_000).emitWithAck(event, data) as never,
    say: async (to, text, { clientId = randomUUID(), image } = {}) => {
      const reply = await me.ask('private:send', { to: to.name, clientId, text, ...(image === undefined ? {} : { image }) })
      if (!reply.ok) throw new Error(reply.error.code)
      return reply.data.message
    },
    get: async <T>(path: string) => (await visitor.call<T>('GET', `/api/messages${path}`)).body,
    counts: () => me.get('/unread'),
    thread: (other) => me.get(`/with/${other.name}`),
  }
  return me
}

const told = (who: Person, event: string, isIt: (fact: Fact) => boolean) => eventually(`${who.name} hears ${event}`, () => who.heard.some(([name, fact]) => name === event && isIt(fact)))
const refusal = (reply: Reply<unknown>) => (reply.ok ? null : reply.error.code)
const changeSettings = (who: Person, change: Partial<PrivateSettings>) => who.visitor.call<PrivateSettings>('PATCH', '/api/messages/settings', { body: change })

/** Two people who have accepted each other. */
async function friends(server: TestServer = two): Promise<[Person, Person]> {
  const [ada, bob] = [await person(), await person(server)]
  await ada.say(bob, 'hello')
  expect((await bob.ask('private:accept', { key: ada.name })).ok).toBe(true)
  await bob.ask('private:read', { key: ada.name, seq: 1 })
  return [ada, bob]
}

test('a message reaches the other on another server, and the sender’s other tab', async () => {
  const [ada, bob] = [await person(one), await person(two)]
  const tab = await enter(two, ada.visitor, ada.name)
  const sent = await ada.say(bob, 'hello, Bob')
  expect(sent).toMatchObject({ seq: 1, mine: true, text: 'hello, Bob', state: 'said' })
  await told(bob, 'private:said', ({ message }) => message?.id === sent.id && message.mine === false && message.clientId === null)
  await told(tab, 'private:said', ({ message }) => message?.clientId === sent.clientId)
})

test('a stranger’s first message waits in requests, is counted there alone, and three are the limit until it is accepted', async () => {
  const [ada, bob] = [await person(), await person(two)]
  for (const text of ['one', 'two', 'three']) await ada.say(bob, text)
  expect(refusal(await ada.ask('private:send', { to: bob.name, clientId: randomUUID(), text: 'four' }))).toBe('limit-reached')
  expect(await bob.counts()).toEqual({ unread: 0, requests: 1 })
  expect((await bob.get<ConversationPage>('?box=inbox')).conversations).toEqual([])
  expect((await bob.get<ConversationPage>('?box=requests')).conversations).toMatchObject([{ key: ada.name, request: true, unread: 3 }])
  expect(await ada.thread(bob)).toMatchObject({ refusal: 'limit-reached', conversation: { waiting: true, request: false } })

  await bob.ask('private:accept', { key: ada.name })
  await told(ada, 'private:changed', ({ conversation }) => !conversation.waiting)
  expect(await bob.counts()).toEqual({ unread: 3, requests: 0 })
  expect((await ada.say(bob, 'four')).seq).toBe(4)
})

test('answering a request accepts it', async () => {
  const [ada, bob] = [await person(), await person()]
  await ada.say(bob, 'hello')
  await bob.say(ada, 'oh, hello')
  expect(await ada.counts()).toEqual({ unread: 1, requests: 0 })
  expect((await bob.get<ConversationPage>('?box=inbox')).conversations).toHaveLength(1)
})

test('a declined request is gone, its sender is told nothing, and does not begin to count anew', async () => {
  const [ada, bob] = [await person(), await person()]
  for (const text of ['one', 'two', 'three']) await ada.say(bob, text)
  ada.heard.length = 0
  await bob.ask('private:decline', { key: ada.name })
  expect((await bob.get<ConversationPage>('?box=requests')).conversations).toEqual([])
  expect(await bob.counts()).toEqual({ unread: 0, requests: 0 })
  await ada.ask('private:delete', { key: bob.name })
  expect(refusal(await ada.ask('private:send', { to: bob.name, clientId: randomUUID(), text: 'four' }))).toBe('limit-reached')
  expect(ada.heard.filter(([, fact]) => fact.conversation.seenSeq > 0)).toEqual([])
})

test('only people one follows may begin to write, where one wants it so; what was accepted goes on', async () => {
  const [ada, bob] = await friends()
  const eve = await person()
  expect((await changeSettings(bob, { followedOnly: true })).body).toEqual({ followedOnly: true, readReceipts: true })
  expect(refusal(await eve.ask('private:send', { to: bob.name, clientId: randomUUID(), text: 'hi' }))).toBe('messages-refused')
  expect((await eve.thread(bob)).refusal).toBe('messages-refused')
  expect((await ada.say(bob, 'still here')).seq).toBe(2)
  await bob.visitor.call('PUT', `/api/people/${eve.name}/follow`)
  await eve.say(bob, 'thank you')
  expect(await bob.counts()).toEqual({ unread: 2, requests: 0 })
})

test('a block by either stops both, and lifting it lets them go on', async () => {
  const [ada, bob] = await friends()
  await bob.visitor.call('PUT', `/api/people/${ada.name}/block`)
  for (const [from, to] of [[ada, bob], [bob, ada]] as const) expect(refusal(await from.ask('private:send', { to: to.name, clientId: randomUUID(), text: 'hi' }))).toBe('blocked')
  expect(await bob.thread(ada)).toMatchObject({ refusal: 'blocked', blockedByMe: true })
  expect(await ada.thread(bob)).toMatchObject({ refusal: 'blocked', blockedByMe: false })
  await bob.visitor.call('DELETE', `/api/people/${ada.name}/block`)
  expect((await ada.say(bob, 'again')).seq).toBe(2)
})

test('the same message sent twice, also at once and over two servers, is stored once and answered alike', async () => {
  const [ada, bob] = await friends()
  const tab = await enter(two, ada.visitor, ada.name)
  const clientId = randomUUID()
  const [first, second, third] = await Promise.all([ada.say(bob, 'once', { clientId }), tab.say(bob, 'once', { clientId }), ada.say(bob, 'once', { clientId })])
  expect(second).toEqual(first)
  expect(third).toEqual(first)
  expect((await bob.thread(ada)).messages.map(({ text }) => text)).toEqual(['hello', 'once'])
  expect(await bob.counts()).toEqual({ unread: 1, requests: 0 })
})

test('a first message from both at once makes one conversation', async () => {
  const [ada, bob] = [await person(one), await person(two)]
  await Promise.all([ada.say(bob, 'me first'), bob.say(ada, 'no, me'), ada.say(bob, 'and more'), bob.say(ada, 'as well')])
  expect((await ada.thread(bob)).messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
  expect(await database('private_conversations').whereIn('one_id', database('users').whereIn('name', [ada.name, bob.name]).select('id'))).toHaveLength(1)
})

test('what is unread is right while messages, reading and recalling run at once over two servers', async () => {
  const [ada, bob] = await friends()
  const [cid, dan] = [await person(), await person(two)]
  await bob.say(cid, 'hi')
  await cid.say(bob, 'hi')
  await bob.say(dan, 'hi')
  await dan.say(bob, 'hi')
  const texts = Array.from({ length: 12 }, (_, at) => `message ${at}`)
  const [fromAda] = await Promise.all([
    Promise.all(texts.map((text) => ada.say(bob, text))),
    Promise.all(texts.map((text) => cid.say(bob, text))),
    Promise.all(texts.map((text) => dan.say(bob, text))),
    bob.ask('private:read', { key: ada.name, seq: 5 }),
    bob.ask('private:read', { key: cid.name, seq: 3 }),
  ])
  const late = fromAda.filter(({ seq }) => seq > 5)
  await Promise.all([...late.slice(0, 2).map(({ id }) => ada.ask('private:recall', { id })), dan.say(bob, 'one more'), bob.ask('private:read', { key: dan.name, seq: 4 })])
  const [rows, counts] = [await bob.get<ConversationPage>(''), await bob.counts()]
  for (const { id, unread, readSeq } of rows.conversations) {
    const [{ n }] = (await database('private_messages').join('users', 'users.id', 'sender_id').where({ conversation_id: id, state: 'said' }).where('seq', '>', readSeq).whereNot('users.name', bob.name).count({ n: '*' })) as [{ n: string }]
    expect(unread).toBe(Number(n))
  }
  expect(counts.unread).toBe(rows.conversations.reduce((sum, { unread }) => sum + unread, 0))
  expect(counts.unread).toBeGreaterThan(20)
}, 90_000)

test('the other sees what was read, unless the reader keeps it private', async () => {
  const [ada, bob] = await friends()
  const { seq } = await ada.say(bob, 'seen?')
  await bob.ask('private:read', { key: ada.name, seq })
  await told(ada, 'private:changed', ({ conversation }) => conversation.seenSeq === seq)
  expect(await bob.counts()).toEqual({ unread: 0, requests: 0 })

  await changeSettings(bob, { readReceipts: false })
  const next = await ada.say(bob, 'and this?')
  await bob.ask('private:read', { key: ada.name, seq: next.seq })
  expect(await bob.counts()).toEqual({ unread: 0, requests: 0 })
  expect((await ada.thread(bob)).conversation?.seenSeq).toBe(seq)
})

test('reading a request does not tell its sender', async () => {
  const [ada, bob] = [await person(), await person()]
  const { seq } = await ada.say(bob, 'hello')
  await bob.ask('private:read', { key: ada.name, seq })
  expect((await ada.thread(bob)).conversation?.seenSeq).toBe(0)
})

test('typing is told to those who accepted, at most once in a while', async () => {
  const [ada, bob] = await friends()
  for (let stroke = 0; stroke < 5; stroke += 1) await ada.ask('private:typing', { to: bob.name })
  await told(bob, 'private:typed', ({ key }) => key === ada.name)
  expect(bob.heard.filter(([event]) => event === 'private:typed')).toHaveLength(1)
  const eve = await person()
  await eve.say(bob, 'psst')
  await eve.ask('private:typing', { to: bob.name })
  expect(bob.heard.filter(([, fact]) => fact.key === eve.name)).toEqual([])
})

test('a message is taken back within two minutes, by its author alone', async () => {
  const [ada, bob] = await friends()
  const [message, old] = [await ada.say(bob, 'oops'), await ada.say(bob, 'too old')]
  expect(refusal(await bob.ask('private:recall', { id: message.id }))).toBe('message-not-found')
  expect((await ada.ask('private:recall', { id: message.id })).ok).toBe(true)
  await told(bob, 'private:recalled', (fact) => fact.message?.id === message.id && fact.message.text === '')
  expect((await bob.thread(ada)).messages.find(({ id }) => id === message.id)).toMatchObject({ state: 'recalled', text: '', image: null })
  expect(await bob.counts()).toEqual({ unread: 1, requests: 0 })
  await database('private_messages').where({ id: old.id }).update({ at: new Date(Date.now() - 121_000) })
  expect(refusal(await ada.ask('private:recall', { id: old.id }))).toBe('too-late')
})

test('a conversation deleted for oneself stays with the other, and comes back with the next message', async () => {
  const [ada, bob] = await friends()
  await ada.say(bob, 'before')
  await bob.ask('private:delete', { key: ada.name })
  expect((await bob.get<ConversationPage>('')).conversations).toEqual([])
  expect((await ada.thread(bob)).messages).toHaveLength(2)
  const next = await ada.say(bob, 'after')
  expect((await bob.thread(ada)).messages.map(({ text }) => text)).toEqual(['after'])
  expect(await bob.counts()).toEqual({ unread: 1, requests: 0 })
  expect(next.seq).toBe(3)

  await Promise.all([ada.ask('private:delete', { key: bob.name }), bob.ask('private:delete', { key: ada.name })])
  expect(await database('private_messages').where({ id: next.id })).toEqual([])
})

test('paging backward meets every message once, while new ones arrive', async () => {
  const [ada, bob] = await friends()
  const { id: conversation_id } = (await bob.thread(ada)).conversation as ConversationView
  const { id: sender_id } = (await database('users').where({ name: ada.name }).first('id')) as { id: string }
  const rows = Array.from({ length: 229 }, (_, at) => ({ id: randomUUID().replaceAll('-', '').slice(0, 16), conversation_id, seq: at + 2, sender_id, client_id: `filler-${at}`, text: `message ${at + 2}`, state: 'said', at: new Date() }))
  await database('private_messages').insert(rows)
  await database('private_conversations').where({ id: conversation_id }).update({ last_seq: 230 })

  const first = await bob.thread(ada)
  const seen = first.messages.map(({ seq }) => seq)
  let { more } = first
  for (let page = 0; more; page += 1) {
    if (page < 4) await ada.say(bob, `new ${page}`)
    const older = await bob.get<MessagePage>(`/with/${ada.name}/messages?before=${seen[0]}`)
    seen.unshift(...older.messages.map(({ seq }) => seq))
    more = older.more
  }
  expect(seen).toEqual(Array.from({ length: 230 }, (_, at) => at + 1))
  const newer = await bob.get<MessagePage>(`/with/${ada.name}/messages?after=230&limit=3`)
  expect(newer).toMatchObject({ more: true, messages: [{ text: 'new 0' }, { text: 'new 1' }, { text: 'new 2' }] })
})

test('the list pages without gaps or repeats, newest first', async () => {
  const bob = await person()
  const { id: bobId } = (await database('users').where({ name: bob.name }).first('id')) as { id: string }
  const at = new Date()
  for (let n = 0; n < 45; n += 1) {
    const [id, otherId] = [`list${String(n).padStart(12, 'a')}`, `user${String(n).padStart(12, 'a')}`]
    await database('private_conversations').insert({ id, one_id: bobId, two_id: otherId, started_by: bobId, accepted: true, last_seq: 1, created_at: at })
    // Several at the very same time.
    const last_at = new Date(at.getTime() - Math.floor(n / 10) * 1000)
    await database('private_members').insert([{ conversation_id: id, user_id: bobId, other_id: otherId, last_at }, { conversation_id: id, user_id: otherId, other_id: bobId, gone: true, last_at }])
  }
  const first = await bob.get<ConversationPage>('')
  const second = await bob.get<ConversationPage>(`?before=${first.next}`)
  expect([first.conversations.length, second.conversations.length, second.next]).toEqual([40, 5, null])
  expect(new Set([...first.conversations, ...second.conversations].map(({ id }) => id)).size).toBe(45)
  expect(first.conversations[0]).toMatchObject({ person: null, key: expect.stringMatching(/^~/) })
})

test('a search finds people and one’s own messages, in Chinese too, and takes % for a percent sign', async () => {
  const [ada, bob] = await friends()
  const eve = await person()
  await ada.say(bob, '今晚八点直播，一定来')
  await ada.say(bob, '100% sure')
  const find = (who: Person, words: string) => who.get<PrivateSearch>(`/search?q=${encodeURIComponent(words)}`)
  expect((await find(bob, '八点')).messages).toMatchObject([{ conversation: { key: ada.name }, message: { text: '今晚八点直播，一定来' } }])
  expect((await find(bob, '0% S')).messages).toHaveLength(1)
  expect((await find(bob, '%')).messages).toHaveLength(1)
  expect((await find(bob, ada.name)).conversations).toMatchObject([{ key: ada.name }])
  expect(await find(eve, '八点')).toEqual({ conversations: [], messages: [] })
  await bob.ask('private:delete', { key: ada.name })
  expect(await find(bob, '八点')).toEqual({ conversations: [], messages: [] })
})

test('nobody else can read a conversation, and the unknown, the disabled and oneself get a clear word', async () => {
  const [ada, bob] = await friends()
  const eve = await person()
  const { id } = (await ada.thread(bob)).conversation as ConversationView
  expect((await eve.visitor.call('GET', `/api/messages/with/~${id}`)).body.error?.code).toBe('conversation-not-found')
  expect((await eve.visitor.call('GET', '/api/messages/with/nobody-here')).body.error?.code).toBe('user-not-found')
  expect((await one.visitor().call('GET', '/api/messages')).status).toBe(401)
  const send = (to: string) => eve.ask('private:send', { to, clientId: randomUUID(), text: 'hi' })
  expect(refusal(await send('nobody-here'))).toBe('user-not-found')
  expect(refusal(await send(eve.name))).toBe('bad-request')
  await database('users').where({ name: bob.name }).update({ disabled: true })
  expect(refusal(await send(bob.name))).toBe('user-not-found')
  expect(refusal(await ada.ask('private:send', { to: bob.name, clientId: randomUUID(), text: 'hi' }))).toBe('user-not-found')
  expect(refusal(await bob.ask('private:send', { to: ada.name, clientId: randomUUID(), text: 'hi' }))).toBe('not-logged-in')
})

test('someone who writes too fast is told how long to wait', async () => {
  const [ada, bob] = await friends()
  const replies = await Promise.all(Array.from({ length: 25 }, (_, at) => ada.ask('private:send', { to: bob.name, clientId: randomUUID(), text: `${at}` })))
  const slow = replies.find((reply) => !reply.ok)
  expect(slow).toMatchObject({ ok: false, error: { code: 'too-many-requests', retryAfter: expect.any(Number) } })
})

test('many accounts behind one address are bounded together', async () => {
  const bob = await person(two)
  const crowd = await Promise.all(Array.from({ length: 5 }, () => person(one, '10.9.9.9')))
  const replies = await Promise.all(crowd.flatMap((who) => Array.from({ length: 18 }, () => who.ask('private:send', { to: bob.name, clientId: randomUUID(), text: 'spam' }))))
  expect(replies.map(refusal)).toContain('too-many-requests')
})

const picture = (width = 2400, height = 1200) => sharp({ create: { width, height, channels: 3, background: '#c33' } }).withExif({ IFD0: { Copyright: 'secret place' } }).jpeg().toBuffer()
const upload = async (who: Person, bytes: Buffer) => who.visitor.call<PrivateImage & { error?: { code: string } }>('POST', '/api/messages/images', { body: new Uint8Array(bytes), headers: { 'content-type': 'image/jpeg' } })
const look = async (who: Visitor, url: string) => (await who.call('GET', url)).status

test('a picture is re-encoded, seen by the two alone, and gone when its message is taken back', async () => {
  const [ada, bob] = await friends()
  const eve = await person()
  const { status, body: image } = await upload(ada, await picture())
  expect([status, image.width, image.height]).toEqual([201, 1600, 800])
  expect(refusal(await eve.ask('private:send', { to: bob.name, clientId: randomUUID(), text: '', image: image.id }))).toBe('bad-image')
  expect(await look(bob.visitor, image.url)).toBe(404)
  const message = await ada.say(bob, '', { image: image.id })
  expect(message.image).toEqual(image)
  expect([await look(ada.visitor, image.url), await look(bob.visitor, image.url), await look(eve.visitor, image.url), await look(one.visitor(), image.url)]).toEqual([200, 200, 404, 401])
  expect(refusal(await ada.ask('private:send', { to: bob.name, clientId: randomUUID(), text: 'again', image: image.id }))).toBe('bad-image')

  const response = await fetch(new URL(image.url, one.url), { headers: { cookie: bob.visitor.cookie } })
  expect(response.headers.get('cache-control')).toBe('private, no-cache')
  const stored = Buffer.from(await response.arrayBuffer())
  expect((await sharp(stored).metadata()).format).toBe('webp')
  expect(stored.includes('secret place')).toBe(false)

  const { file } = (await database('private_images').where({ id: image.id }).first('file')) as { file: string }
  const path = join(one.mediaDir, 'private-pictures', `${file}.webp`)
  await access(path)
  expect((await eve.visitor.call('GET', `/private-pictures/${file}.webp`)).headers.get('content-type')).not.toContain('image')
  await ada.ask('private:recall', { id: message.id })
  expect(await look(bob.visitor, image.url)).toBe(404)
  await expect(access(path)).rejects.toThrow()
})

test('what is no picture, or too large, is refused', async () => {
  const ada = await person()
  expect((await upload(ada, Buffer.from('<svg onload=alert(1)>'))).body.error?.code).toBe('bad-image')
  expect((await upload(ada, Buffer.alloc(5 * 1024 * 1024 + 1))).body.error?.code).toBe('too-large')
  expect((await ada.visitor.call('POST', '/api/messages/images', { body: 'text', headers: { 'content-type': 'text/plain' } })).body.error?.code).toBe('unsupported-media-type')
})

test('of a deleted account nothing is left but its place in the conversation', async () => {
  const [ada, bob] = await friends()
  const { body: image } = await upload(ada, await picture(100, 100))
  await ada.say(bob, 'my secret', { image: image.id })
  await bob.say(ada, 'what I wrote stays mine')
  const deleted = await ada.visitor.call('POST', '/api/me/delete', { body: { password: 'a good password' } })
  expect(deleted.status).toBeLessThan(300)
  const [conversation] = (await bob.get<ConversationPage>('')).conversations
  expect(conversation).toMatchObject({ person: null, key: expect.stringMatching(/^~/), unread: 0 })
  const thread = await bob.get<ThreadView>(`/with/${conversation?.key}`)
  expect(thread).toMatchObject({ person: null, refusal: 'user-not-found' })
  expect(thread.messages.map(({ state, text }) => [state, text])).toEqual([['erased', ''], ['erased', ''], ['said', 'what I wrote stays mine']])
  expect(await look(bob.visitor, image.url)).toBe(404)
  expect(JSON.stringify(await database('private_messages'))).not.toContain('my secret')
  expect((await bob.ask('private:delete', { key: conversation?.key })).ok).toBe(true)
  expect(await database('private_messages').where({ conversation_id: conversation?.id })).toEqual([])
})
