// What an operator relies on: commands, health, metrics, and an end that leaves nothing behind.
import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { startPush } from '../support/pushMedia.ts'
import { startPlatform } from '../support/startPlatform.ts'
import type { CreatedChannel, TestPlatform } from '../support/startPlatform.ts'

let platform: TestPlatform
let channel: CreatedChannel
beforeAll(async () => {
  platform = await startPlatform({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
}, 90_000)
afterAll(() => platform?.destroy())

test('channel create prints every address, the key and the new owner’s password', async () => {
  channel = await platform.createChannel('operated')
  expect(channel).toMatchObject({ channel: 'operated', owner: 'operated', streamKey: expect.stringMatching(/^live_/), watchUrl: expect.stringContaining('/c/operated') })
  for (const name of ['rtmpUrl', 'whipUrl', 'whepUrl', 'hlsUrl', 'flvUrl', 'password'] as const) expect(channel[name]).toBeTruthy()
})

test('lists and user create answer in JSON; a taken name says so and fails', async () => {
  expect(await platform.cli('channel', 'list')).toMatchObject({ channel: 'operated', running: false })
  expect(await platform.cli('user', 'create', 'boss', '--role', 'admin')).toMatchObject({ name: 'boss', role: 'admin' })
  await expect(platform.cli('channel', 'create', 'operated')).rejects.toThrow(/already have|taken/)
  await expect(platform.cli('channel', 'destroy')).rejects.toThrow(/Usage/)
})

test('broadcast stop ends a running broadcast', async () => {
  const push = startPush({ url: `${channel.rtmpUrl}/${channel.streamKey}`, maxSeconds: 60 })
  await platform.waitForState('operated', 'live')
  expect(await platform.cli('broadcast', 'stop', 'operated')).toEqual({ channel: 'operated', stopped: true })
  await push.exited
  expect(await platform.stateOf('operated')).toBe('offline')
  expect(await platform.cli('broadcast', 'list')).toMatchObject({ channel: 'operated', state: 'ended', endReason: 'stopped by the operator' })
})

test('health and metrics answer', async () => {
  expect((await fetch(`${platform.url}/healthz`)).status).toBe(200)
  expect(await platform.json('/readyz')).toMatchObject({ ready: true, mysql: true, redis: true })
  const metrics = await (await fetch(`${platform.url}/metrics`)).text()
  for (const name of ['footlight_broadcasts', 'footlight_viewers', 'footlight_media_packets', 'footlight_join_seconds', 'footlight_worker_deaths', 'eventloop_lag']) expect(metrics).toContain(name)
})

test('Ctrl-C while live stops everything in order and leaves nothing running', async () => {
  const push = startPush({ url: `${channel.rtmpUrl}/${channel.streamKey}`, maxSeconds: 60 })
  await platform.waitForState('operated', 'live')
  const pids = [await platform.pidOf('server'), await platform.pidOf('bridge')]
  const started = Date.now()
  expect(await platform.stop()).toBe(0)
  expect(Date.now() - started).toBeLessThan(15_000)
  await push.kill()
  await eventually('nothing is left', () => !execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n').some((line) => pids.includes(Number.parseInt(line, 10)) || line.includes(platform.dataDir)))
})
