// People are counted once, over all protocols, tabs and servers together, and nobody is counted who is gone.
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import type { User } from '../../server/accounts/userStore.ts'
import type { ChannelId, UserId } from '../../server/contract/ids.ts'
import { createLogger } from '../../server/core/logger.ts'
import { newId } from '../../server/core/newId.ts'
import { openRedis } from '../../server/core/openRedis.ts'
import type { Redis } from '../../server/core/openRedis.ts'
import { SeatBook } from '../../server/live/SeatBook.ts'
import { ViewerCount } from '../../server/live/ViewerCount.ts'
import type { Who } from '../../server/live/whoWatches.ts'
import { eventually } from '../support/eventually.ts'

let redis: Redis
const counts: ViewerCount[] = []
beforeAll(() => {
  redis = openRedis({ url: inject('redisUrl'), onError: () => undefined })
})
afterEach(() => counts.splice(0).forEach((count) => count.close()))
afterAll(() => redis.quit())

function server(): ViewerCount {
  const count = new ViewerCount({ book: new SeatBook({ redis, serverId: newId() }), log: createLogger({ name: 'test', level: 'silent' }) })
  counts.push(count)
  return count
}
const channelOf = () => ({ id: newId<ChannelId>(), name: 'hall' })
const browser = (): Who => ({ visitorId: newId(), addressHash: 'home', user: undefined })
const account = (): Who => ({ ...browser(), user: { id: newId<UserId>() } as User })
const showsOn = (count: ViewerCount, channel: { id: ChannelId }, viewers: number) => eventually(`${viewers} are counted`, () => count.of(channel.id) === viewers, 6000)

test('two servers count their viewers together, and tell each change once', async () => {
  const [one, two] = [server(), server()]
  const channel = channelOf()
  one.follow(channel)
  const told: number[] = []
  one.on('counted', ({ viewers }) => told.push(viewers))
  const seats = [one.take({ channel, who: browser(), mode: 'webrtc' }), one.take({ channel, who: browser(), mode: 'hls' }), two.take({ channel, who: browser(), mode: 'whep' })]
  await showsOn(one, channel, 3)
  await showsOn(two, channel, 3)
  seats.forEach((seat) => seat.release())
  await showsOn(one, channel, 0)
  expect(told.at(-1)).toBe(0)
  expect(new Set(told).size).toBe(told.length)
})

test('one person with several tabs, protocols and servers counts once, until the last seat is left', async () => {
  const [one, two] = [server(), server()]
  const channel = channelOf()
  const who = account()
  const seats = [one.take({ channel, who, mode: 'webrtc' }), one.take({ channel, who: { ...account(), user: who.user }, mode: 'hls' }), two.take({ channel, who, mode: 'flv' })]
  const other = two.take({ channel, who: browser(), mode: 'webrtc' })
  await showsOn(one, channel, 2)
  await showsOn(two, channel, 2)
  seats[0]?.release()
  seats[1]?.release()
  two.follow(channel)
  one.follow(channel)
  other.release()
  await showsOn(one, channel, 1)
  await showsOn(two, channel, 1)
  seats[2]?.release()
  await showsOn(one, channel, 0)
})

test('after Redis was emptied everyone is counted again at once', async () => {
  const one = server()
  const channel = channelOf()
  for (const who of [browser(), browser()]) one.take({ channel, who, mode: 'webrtc' })
  await showsOn(one, channel, 2)
  const told: number[] = []
  one.on('counted', ({ viewers }) => told.push(viewers))
  await redis.del(`viewers:{${channel.id}}`)
  await eventually('they are seated again', async () => (await redis.zcard(`viewers:{${channel.id}}`)) === 2)
  expect(told).toEqual([])
})

test('a viewer who comes when the last one has just gone is counted', async () => {
  const one = server()
  const channel = channelOf()
  const who = browser()
  one.take({ channel, who, mode: 'webrtc' }).release()
  one.take({ channel, who, mode: 'webrtc' })
  await showsOn(one, channel, 1)
})

test('an HLS player outside our pages counts once however often it asks, and no longer when it stops asking', async () => {
  const one = server()
  const channel = channelOf()
  const who = browser()
  for (let asked = 0; asked < 5; asked += 1) one.touch({ channel, who, forMs: 1500 })
  await showsOn(one, channel, 1)
  expect(one.byMode().hls).toBe(1)
  await showsOn(one, channel, 0)
  expect(one.byMode().hls).toBe(0)
})

test('a seat that was released twice, or changed its mode, is still one seat', () => {
  const one = server()
  const seat = one.take({ channel: channelOf(), who: browser(), mode: 'webrtc' })
  seat.change('hls')
  expect(one.byMode()).toMatchObject({ webrtc: 0, hls: 1 })
  seat.release()
  seat.release()
  expect(one.byMode()).toMatchObject({ webrtc: 0, hls: 0 })
})

test('who is here: accounts only, newest first, over all servers', async () => {
  const [one, two] = [server(), server()]
  const channel = channelOf()
  const [early, late] = [account(), account()]
  const entered: UserId[] = []
  for (const count of [one, two]) count.on('entered', ({ userId }) => entered.push(userId))
  one.take({ channel, who: early, mode: 'webrtc' })
  one.take({ channel, who: browser(), mode: 'webrtc' })
  await showsOn(one, channel, 2)
  const seat = two.take({ channel, who: late, mode: 'hls' })
  await showsOn(one, channel, 3)
  expect(await one.peopleOf(channel.id, 50)).toEqual({ ids: [late.user?.id, early.user?.id], total: 2 })
  expect(entered).toEqual([early.user?.id, late.user?.id])
  seat.release()
  await showsOn(one, channel, 2)
  expect(await two.peopleOf(channel.id, 50)).toEqual({ ids: [early.user?.id], total: 1 })
})
