// A room's modes, limits, held messages and sanctions: who may write, and what the page is told when it may not.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { ChatModes } from '../../server/contract/chat.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { newClientId } from '../support/ChatPage.ts'
import type { ChatPage } from '../support/ChatPage.ts'
import { openChatStage } from '../support/chatRoom.ts'
import type { ChatStage } from '../support/chatRoom.ts'
import { eventually } from '../support/eventually.ts'

let stage: ChatStage
let database: Database
let writer: ChatPage
let follower: Awaited<ReturnType<ChatStage['user']>>
beforeAll(async () => {
  stage = await openChatStage({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  database = openDatabase({ url: stage.one.databaseUrl, poolSize: 2 })
  // The writer is on the other server than hosts are.
  writer = (await stage.user('writer', 'two')).page
  follower = await stage.user('follower')
})
afterAll(async () => {
  await stage.close()
  await database.destroy()
})

/** A host's room that the writer reads, with these modes set and known to the writer's server. */
async function room(name: string, modes: Partial<ChatModes>): Promise<ChatPage> {
  const { page: host } = await stage.host(name)
  await host.request('chat:join', { channel: name })
  await writer.request('chat:join', { channel: name })
  await host.request('chat:set-modes', { channel: name, modes })
  await writer.isTold('chat:modes-changed', (fact) => fact.channel === name)
  return host
}

test('slow mode makes people wait, says how long, and is counted on every server', async () => {
  const host = await room('slow', { slowSeconds: 30 })
  const { nextAt } = await writer.say('slow', 'first')
  expect(nextAt - Date.now()).toBeGreaterThan(25_000)
  const refusal = await writer.refusal('chat:send', { channel: 'slow', text: 'second', clientId: newClientId() })
  expect(refusal).toMatchObject({ code: 'slow-mode' })
  expect(refusal?.retryAfter).toBeGreaterThan(20)
  expect((await writer.request('chat:join', { channel: 'slow' })).self.nextAt - Date.now()).toBeGreaterThan(20_000)
  await host.say('slow', 'the host')
  expect((await host.say('slow', 'may write on')).nextAt).toBe(0)
  expect(writer.told('chat:modes-changed').at(-1)?.modes.slowSeconds).toBe(30)
})

test('followers only, by minutes', async () => {
  const host = await room('followed', { followersMinutes: 0 })
  expect(await writer.sayRefused('followed', 'hi')).toBe('followers-only')
  const hostId = ((await database('users').where({ name: 'followed' }).first('id')) as { id: string }).id
  const followerId = ((await database('users').where({ name: 'follower' }).first('id')) as { id: string }).id
  await follower.visitor.call('PUT', '/api/people/followed/follow')
  const followed = (await database('follows').where({ follower_id: followerId, followed_id: hostId }).first()) as object | undefined
  expect(followed).toBeDefined()
  await follower.page.say('followed', 'I follow')
  expect((await host.isTold('chat:batched', ({ messages }) => messages.some(({ line }) => line?.type === 'followed'))).messages[0]?.line).toEqual({ type: 'followed', name: 'follower' })
  await host.request('chat:set-modes', { channel: 'followed', modes: { followersMinutes: 10 } })
  await eventually('the mode holds', async () => (await follower.page.sayRefused('followed', 'still')) === 'followers-only')
  await host.say('followed', 'the host is exempt')
})

test('guards only, emote only, no links, and off each refuse with their own reason; the host is exempt', async () => {
  const host = await room('modes', { guardsOnly: true })
  const set = async (modes: Partial<ChatModes>): Promise<void> => {
    const told = writer.told('chat:modes-changed').length
    await host.request('chat:set-modes', { channel: 'modes', modes })
    await eventually('the modes are told', () => writer.told('chat:modes-changed').length > told)
  }
  expect(await writer.sayRefused('modes', 'hi')).toBe('guards-only')
  await set({ guardsOnly: false, emoteOnly: true })
  expect(await writer.sayRefused('modes', 'hi 👋')).toBe('emote-only')
  await writer.say('modes', '👋 👨‍👩‍👧❤️')
  await set({ emoteOnly: false, noLinks: true })
  expect(await writer.sayRefused('modes', 'see ｅｘａｍｐｌｅ。com')).toBe('links-refused')
  await writer.say('modes', 'no link. Really')
  await set({ noLinks: false, off: true })
  expect(await writer.sayRefused('modes', 'hi')).toBe('chat-off')
  await host.say('modes', 'see https://example.com')
  expect(await writer.refusal('chat:set-modes', { channel: 'modes', modes: { off: false } })).toMatchObject({ code: 'forbidden' })
  const { messages } = await writer.request('chat:join', { channel: 'modes' })
  expect(messages.filter(({ line }) => line?.type === 'modes-changed').length).toBeGreaterThan(3)
})

test('unique messages: the same text, dressed up otherwise, is refused; a repeat of the same request is not', async () => {
  await room('unique', { uniqueOnly: true })
  const request = { channel: 'unique', text: 'buy now', clientId: newClientId() }
  const { message } = await writer.request('chat:send', request)
  expect((await writer.request('chat:send', request)).message.id).toBe(message.id)
  expect(await writer.sayRefused('unique', 'ＢＵＹ  now!!!')).toBe('message-repeated')
  expect(await follower.page.sayRefused('unique', 'buy now')).toBe('message-repeated')
  await writer.say('unique', 'something else')
})

test('a text that slow mode refused was not said, and may be said by another', async () => {
  await room('patient', { uniqueOnly: true, slowSeconds: 60 })
  await writer.say('patient', 'one')
  expect(await writer.sayRefused('patient', 'two')).toBe('slow-mode')
  await follower.page.say('patient', 'two')
  expect(await writer.sayRefused('patient', 'two')).toBe('slow-mode')
})

test('a user’s messages in ten seconds are bounded on both servers together', async () => {
  const strict = await openChatStage({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl'), env: { CHAT_PER_USER: '5' } })
  try {
    await strict.host('quick')
    const { visitor, page } = await strict.user('hasty')
    const elsewhere = await strict.page(visitor, 'two')
    const refusals: Array<{ code: string; retryAfter?: number } | null> = []
    for (let index = 0; index < 8; index += 1) refusals.push(await (index % 2 ? page : elsewhere).refusal('chat:send', { channel: 'quick', text: `${index}`, clientId: newClientId() }))
    expect(refusals.map((refusal) => refusal?.code ?? null)).toEqual([null, null, null, null, null, 'too-many-requests', 'too-many-requests', 'too-many-requests'])
    expect(refusals.at(-1)?.retryAfter).toBeGreaterThan(0)
  } finally {
    await strict.close()
  }
})

test('a muted user is refused at once on every server and told so; one who is kicked leaves the room', async () => {
  const { visitor: host, page: hostPage } = await stage.host('strict')
  const loud = await stage.user('loud', 'two')
  await loud.page.request('chat:join', { channel: 'strict' })
  await loud.page.say('strict', 'la la la')
  const muted = await host.call('POST', '/api/channels/strict/moderation/mute', { body: { user: 'loud', for: 600, reason: 'loud' } })
  expect(muted.status, JSON.stringify(muted.body)).toBeLessThan(300)
  const { self } = await loud.page.isTold('chat:self-changed')
  expect(self).toMatchObject({ mutedUntil: expect.stringMatching(/^20/) as string, mutedReason: 'loud' })
  const refusal = await loud.page.refusal('chat:send', { channel: 'strict', text: 'la', clientId: newClientId() })
  expect(refusal).toMatchObject({ code: 'muted' })
  expect(refusal?.retryAfter).toBeGreaterThan(500)
  const kicked = await host.call('POST', '/api/channels/strict/moderation/kick', { body: { user: 'loud', seconds: 600, reason: 'louder' } })
  expect(kicked.status, JSON.stringify(kicked.body)).toBeLessThan(300)
  await eventually('the next message does not reach the kicked one', async () => {
    const shown = loud.page.shown().length
    await hostPage.say('strict', 'peace')
    await new Promise((resolve) => setTimeout(resolve, 400))
    return loud.page.shown().length === shown
  })
  expect(await (await stage.page(loud.visitor, 'one')).refusal('chat:join', { channel: 'strict' })).toMatchObject({ code: 'kept-out' })
})

test('a held message is seen by its author and moderators alone until one of them decides', async () => {
  const { page: host } = await stage.host('holds')
  const author = await stage.user('shady', 'two')
  await author.page.request('chat:join', { channel: 'holds' })
  await host.request('chat:join', { channel: 'holds' })
  const ids: string[] = []
  for (const text of ['held one', 'held two']) {
    const { message } = await author.page.say('holds', text)
    ids.push(message.id)
    await database('chat_messages').where({ id: message.id }).update({ state: 'held' })
  }
  const last = (await author.page.say('holds', 'free')).message.seq
  expect(await author.page.refusal('chat:held-list', { channel: 'holds' })).toMatchObject({ code: 'forbidden' })
  expect((await host.request('chat:held-list', { channel: 'holds' })).messages.map(({ text }) => text)).toEqual(['held one', 'held two'])
  await host.request('chat:held-decide', { channel: 'holds', id: ids[0] ?? '', show: true })
  await host.request('chat:held-decide', { channel: 'holds', id: ids[1] ?? '', show: false })
  expect(await host.refusal('chat:held-decide', { channel: 'holds', id: ids[0] ?? '', show: true })).toMatchObject({ code: 'message-not-found' })
  await author.page.isTold('chat:removed', (fact) => fact.ids.includes(ids[1] ?? ''))
  const back = await (await stage.stranger('two')).request('chat:join', { channel: 'holds', after: last })
  expect(back.messages.map(({ id, text }) => [id, text])).toEqual([[ids[0], 'held one']])
})

test('words: replaced, held for a moderator, refused, or muted for a while', async () => {
  const { visitor: host, page } = await stage.host('wordy')
  const author = await stage.user('rude', 'two')
  for (const reader of [page, author.page]) await reader.request('chat:join', { channel: 'wordy' })
  const lexicon = await host.call('PUT', '/api/channels/wordy/moderation/words', { body: 'darn | replace\nmaybe | hold\nnever | refuse\nworst | mute 600\n', headers: { 'content-type': 'text/plain' } })
  expect(lexicon.status, JSON.stringify(lexicon.body)).toBe(200)
  await eventually('the words hold on the other server', async () => (await author.page.sayRefused('wordy', 'never')) === 'word-refused')
  expect((await author.page.say('wordy', 'well darn it')).message.text).not.toContain('darn')
  const { message, held } = await author.page.say('wordy', 'maybe so')
  expect(held).toBe(true)
  expect(await page.isTold('chat:held')).toMatchObject({ channel: 'wordy', message: { id: message.id }, left: 1 })
  expect(page.texts()).not.toContain('maybe so')
  expect((await page.say('wordy', 'maybe, says the host')).held).toBe(false)
  await page.request('chat:held-decide', { channel: 'wordy', id: message.id, show: true })
  await author.page.sees('maybe so')
  expect(await author.page.refusal('chat:send', { channel: 'wordy', text: 'you are the worst', clientId: newClientId() })).toMatchObject({ code: 'muted', retryAfter: 600 })
  await author.page.isTold('chat:self-changed', ({ self }) => self.mutedUntil !== null)
  expect(await author.page.sayRefused('wordy', 'sorry')).toBe('muted')
})

test('a held message that its author takes back waits for nobody any more', async () => {
  const { visitor: host, page } = await stage.host('regrets')
  const author = await stage.user('sorry', 'two')
  for (const reader of [page, author.page]) await reader.request('chat:join', { channel: 'regrets' })
  await host.call('PUT', '/api/channels/regrets/moderation/words', { body: 'perhaps | hold\n', headers: { 'content-type': 'text/plain' } })
  const id = await (async () => {
    for (;;) {
      const { message, held } = await author.page.say('regrets', 'perhaps not')
      if (held) return message.id
    }
  })()
  await page.isTold('chat:held', ({ message }) => message.id === id)
  await author.page.request('chat:recall', { channel: 'regrets', id })
  expect(await page.isTold('chat:held-decided')).toEqual({ channel: 'regrets', id, shown: false })
  expect((await page.request('chat:held-list', { channel: 'regrets' })).messages).toEqual([])
})

test('an operator who is one no longer hears and may no more what keepers do, on open pages too', async () => {
  await stage.host('demotes')
  const operator = await stage.user('demoted', 'two')
  await database('users').where({ name: 'demoted' }).update({ role: 'operator' })
  expect((await operator.page.request('chat:join', { channel: 'demotes' })).self.role).toBe('operator')
  await database('users').where({ name: 'demoted' }).update({ role: 'user' })
  await operator.visitor.call('PATCH', '/api/me/profile', { body: { bio: 'a user again' } })
  await operator.page.isTold('chat:self-changed', ({ channel, self }) => channel === 'demotes' && self.role === 'viewer')
})
