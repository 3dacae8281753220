// Viewers are counted once, over all protocols and servers together, and nobody is counted who is gone.
import { afterEach, beforeAll, afterAll, expect, inject, test } from 'vitest'
import type { ChannelId } from '../../server/contract/ids.ts'
import { createLogger } from '../../server/core/logger.ts'
import { newId } from '../../server/core/newId.ts'
import { openRedis } from '../../server/core/openRedis.ts'
import type { Redis } from '../../server/core/openRedis.ts'
import { ViewerCount } from '../../server/live/ViewerCount.ts'
import { eventually } from '../support/eventually.ts'

let redis: Redis
const counts: ViewerCount[] = []
beforeAll(() => {
  redis = openRedis({ url: inject('redisUrl'), onError: () => undefined })
})
afterEach(() => counts.splice(0).forEach((count) => count.close()))
afterAll(() => redis.quit())

function server(): ViewerCount {
  const count = new ViewerCount({ redis, log: createLogger({ name: 'test', level: 'silent' }) })
  counts.push(count)
  return count
}
const showsOn = (count: ViewerCount, channel: ChannelId, viewers: number) => eventually(`${viewers} are counted`, () => count.of(channel) === viewers, 6000)

test('two servers count their viewers together, and tell each change once', async () => {
  const [one, two] = [server(), server()]
  const channel = newId<ChannelId>()
  const told: number[] = []
  one.on('counted', ({ viewers }) => told.push(viewers))
  const seats = [one.take(channel, 'webrtc'), one.take(channel, 'hls'), two.take(channel, 'whep')]
  await showsOn(one, channel, 3)
  await showsOn(two, channel, 3)
  seats.forEach((seat) => seat.release())
  await showsOn(one, channel, 0)
  expect(told.at(-1)).toBe(0)
  expect(new Set(told).size).toBe(told.length)
})

test('a viewer who comes when the last one has just gone is counted', async () => {
  const one = server()
  const channel = newId<ChannelId>()
  one.take(channel, 'webrtc').release()
  await showsOn(one, channel, 0)
  one.take(channel, 'webrtc')
  await showsOn(one, channel, 1)
})

test('an HLS player outside our pages counts once however often it asks, and no longer when it stops asking', async () => {
  const one = server()
  const channel = newId<ChannelId>()
  for (let asked = 0; asked < 5; asked += 1) one.touch(channel, 'hls:player', 1500)
  await showsOn(one, channel, 1)
  expect(one.byMode().hls).toBe(1)
  await showsOn(one, channel, 0)
  expect(one.byMode().hls).toBe(0)
})

test('a seat that was released twice, or changed its mode, is still one seat', async () => {
  const one = server()
  const channel = newId<ChannelId>()
  const seat = one.take(channel, 'webrtc')
  seat.change('hls')
  expect(one.byMode()).toMatchObject({ webrtc: 0, hls: 1 })
  seat.release()
  seat.release()
  expect(one.byMode()).toMatchObject({ webrtc: 0, hls: 0 })
})
