// Rankings and fan levels on real servers: what Redis says is what MySQL adds up to, also after Redis has lost everything.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { GiftPanelView, RankedPerson, Ranking } from '../../server/contract/gifts.ts'
import { createLogger } from '../../server/core/logger.ts'
import type { LiveDirectory } from '../../server/live/LiveDirectory.ts'
import type { ViewerCount } from '../../server/live/ViewerCount.ts'
import { WatchClock } from '../../server/gifts/WatchClock.ts'
import { eventually } from '../support/eventually.ts'
import { ask, newKey, openGiftStage } from '../support/giftStage.ts'
import type { GiftHost, GiftPerson, GiftStage } from '../support/giftStage.ts'

let stage: GiftStage
let hosts: GiftHost[]
let senders: GiftPerson[]
beforeAll(async () => {
  stage = await openGiftStage({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  hosts = [await stage.host('rank-one'), await stage.host('rank-two')]
  senders = await Promise.all(['rank-ann', 'rank-ben', 'rank-cat', 'rank-dee'].map((name) => stage.user(name, 1_000_000n)))
})
afterAll(() => stage?.close())

const ranking = async (path: string, who = stage.two.visitor()): Promise<Ranking> => (await who.call<Ranking>('GET', path)).body
const inShort = (people: readonly RankedPerson[]) => people.map(({ rank, person, coins }) => `${rank} ${person.name} ${coins}`)

/** What the sendings themselves add up to. */
async function bySql(side: 'sender_id' | 'host_id', where: Record<string, string> = {}): Promise<string[]> {
  const rows = (await stage.database('gift_sendings').where(where).groupBy(side).select({ id: side }).sum({ total: 'total' })) as unknown as Array<{ id: string; total: string }>
  const names = new Map([...senders, ...hosts].map(({ id, name }) => [id as string, name]))
  // Equal sums are as yet nobody's: random amounts do not meet.
  return rows.toSorted((one, other) => Number(other.total) - Number(one.total)).map(({ id, total }, index) => `${index + 1} ${names.get(id)} ${total}`)
}

test('after random gifts, and after Redis has lost all, every ranking is what MySQL adds up to', async () => {
  const tops: RankedPerson[][] = []
  const page = await (senders[0] as GiftPerson).socket('two')
  page.on('gift:top-changed', ({ top }: { top: RankedPerson[] }) => tops.push(top))
  await ask(page, 'watch', { channel: 'rank-one', mode: 'hls' })
  const sockets = await Promise.all(senders.map((sender, index) => sender.socket(index % 2 === 0 ? 'one' : 'two')))
  const begun = Date.now()
  await Promise.all(
    Array.from({ length: 60 }, (_none, index) =>
      ask(sockets[index % 4] as (typeof sockets)[0], 'gift:send', { channel: (hosts[Math.floor(Math.random() * 2)] as GiftHost).name, gift: 'heart', version: 1, quantity: 1 + Math.floor(Math.random() * 5000), key: newKey() }),
    ),
  )
  await eventually('all are counted', async () => Number(((await stage.database('gift_sendings').where({ counted: false }).count({ left: '*' }))[0] as { left: string }).left) === 0)
  const compare = async () => {
    for (const host of hosts) {
      const expected = await bySql('sender_id', { channel_id: host.channelId })
      for (const period of ['show', 'day', 'week', 'all']) expect(inShort((await ranking(`/api/channels/${host.name}/gifts/ranking?period=${period}`)).people), `${host.name} ${period}`).toEqual(expected)
    }
    for (const period of ['day', 'week', 'all']) {
      expect(inShort((await ranking(`/api/gifts/ranking?side=sender&period=${period}`)).people), `senders ${period}`).toEqual(await bySql('sender_id'))
      expect(inShort((await ranking(`/api/gifts/ranking?side=host&period=${period}`)).people), `hosts ${period}`).toEqual(await bySql('host_id'))
    }
  }
  await eventually('the rankings have them all', () => compare().then(() => true), 5000)
  for (const key of await stage.redis.keys(`gifts:${new URL(stage.one.databaseUrl).pathname.slice(1)}:*`)) await stage.redis.del(key)
  // What came in after the loss does not stand for the whole.
  await ask(sockets[1] as (typeof sockets)[0], 'gift:send', { channel: 'rank-one', gift: 'heart', version: 1, quantity: 3, key: newKey() })
  await eventually('they are whole again', () => compare().then(() => true), 8000)
  const top = await bySql('sender_id', { channel_id: (hosts[0] as GiftHost).channelId })
  await eventually('the room was told the top three', () => JSON.stringify(inShort(tops.at(-1) ?? [])) === JSON.stringify(top.slice(0, 3)), 5000)
  // Each of the two servers tells at most once a second.
  expect(tops.length).toBeLessThanOrEqual(2 * ((Date.now() - begun) / 1000 + 1))
})

test('one sees one own place, also from behind', async () => {
  const eli = await stage.user('rank-eli', 10n)
  await ask(await eli.socket(), 'gift:send', { channel: 'rank-two', gift: 'heart', version: 1, quantity: 1, key: newKey() })
  await eventually('the place is there, the last one', async () => {
    const { me, people } = await ranking('/api/channels/rank-two/gifts/ranking?period=all', eli.visitor)
    return me?.coins === '1' && me.rank === people.length && people.at(-1)?.person.name === 'rank-eli'
  })
  expect((await ranking('/api/gifts/ranking?side=host&period=day', (hosts[0] as GiftHost).visitor)).me).toMatchObject({ person: { name: 'rank-one' }, channel: 'rank-one' })
  expect((await stage.one.visitor().call('GET', '/api/gifts/ranking?period=show')).status).toBe(400)
})

test('a sending is counted once, however often servers count', async () => {
  const { channelId } = hosts[0] as GiftHost
  const total = async () => BigInt(((await stage.database('gift_sums').where({ board: 'hosts', period: 'all', subject_id: channelId }).first('total')) as { total: string }).total)
  const before = await total()
  const { countSendings } = await import('../../server/gifts/sumStore.ts')
  await Promise.all([countSendings(stage.database), countSendings(stage.database), countSendings(stage.database)])
  expect(await total()).toBe(before)
})

test('coins and time make a fan; who stays away for a week is one in grey', async () => {
  const fay = await stage.user('rank-fay', 1000n)
  const host = hosts[0] as GiftHost
  const panel = async () => (await fay.visitor.call<GiftPanelView>('GET', `/api/channels/rank-one/gifts/me`)).body
  expect(await panel()).toMatchObject({ fan: null, fanPoints: '0', fanNextAt: '10' })
  await ask(await fay.socket(), 'gift:send', { channel: 'rank-one', gift: 'heart', version: 1, quantity: 49, key: newKey() })
  await eventually('the first level', async () => (await panel()).fan?.level === 1)
  expect(await panel()).toMatchObject({ fan: { level: 1, lit: true }, fanPoints: '49', fanNextAt: '50' })
  // A minute of watching, sampled once by whichever server is first.
  const live = { all: async () => [{ channelId: host.channelId, channel: { ownerId: host.id }, broadcast: { state: 'live' } }] } as unknown as LiveDirectory
  const viewers = { peopleOf: async () => ({ ids: [fay.id, host.id], total: 2 }) } as unknown as ViewerCount
  const clocks = [0, 1].map(() => new WatchClock({ database: stage.database, directory: live, viewers, log: createLogger({ name: 'test', level: 'silent' }) }))
  const later = Date.now() + 10 * 60_000
  expect((await Promise.all(clocks.map((clock) => clock.sample(later)))).filter(Boolean)).toHaveLength(1)
  for (const clock of clocks) await clock.close()
  await eventually('the second level', async () => (await panel()).fan?.level === 2)
  expect(await stage.database('gift_fans').where({ user_id: host.id }).first('user_id')).toBeUndefined()
  await stage.database('gift_fans').where({ user_id: fay.id }).update({ seen_at: new Date(Date.now() - 8 * 86_400_000) })
  await eventually('the badge is grey', async () => (await panel()).fan?.lit === false)
})
