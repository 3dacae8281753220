// HTTP-FLV from the bridge, the bridge's door, and its start.
import { spawn } from 'node:child_process'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { describeVideo } from '../../bridge/flv/describeTag.ts'
import { FlvReader } from '../../bridge/flv/FlvReader.ts'
import type { FlvTag } from '../../bridge/flv/FlvTag.ts'
import { eventually } from '../support/eventually.ts'
import { TEST_SECRET } from '../support/internalServer.ts'
import { BROADCAST, openStage } from '../support/testBroadcast.ts'
import type { TestStage } from '../support/testBroadcast.ts'

let stage: TestStage | undefined
afterEach(async () => {
  await stage?.close()
  stage = undefined
})

test('a reader gets the set-up, then a keyframe, then a stream that goes on', async () => {
  const opened = (stage = await openStage())
  opened.push()
  await eventually('media', () => opened.video.packets.length > 30)
  const tags: FlvTag[] = []
  const reader = new FlvReader({ maxTagBytes: 1 << 24, onTag: (tag) => tags.push(tag) })
  const leave = new AbortController()
  const response = await fetch(`${opened.bridge.url}/flv/${BROADCAST}`, { headers: { authorization: `Bearer ${TEST_SECRET}` }, signal: leave.signal })
  expect(response.headers.get('content-type')).toBe('video/x-flv')
  const reading = (async () => {
    for await (const chunk of response.body ?? []) reader.push(Buffer.from(chunk))
  })()
  reading.catch(() => undefined)
  await eventually('two seconds', () => tags.length > 120)
  const kinds = tags.filter(({ type }) => type === 'video').map(({ data }) => describeVideo(data)?.kind)
  expect(kinds.slice(0, 2)).toEqual(['sequence', 'keyframe'])
  expect(tags.find(({ type }) => type === 'video')?.timestamp).toBe(0)
  await eventually('it is counted', () => opened.server.beats.at(-1)?.flv[0]?.viewers === 1)
  leave.abort()
  await eventually('it is no longer counted', () => opened.server.beats.at(-1)?.flv[0]?.viewers === 0)
})

test('a reader that does not read costs bounded memory and sees whole pictures when it reads again', async () => {
  const opened = (stage = await openStage())
  opened.push({ videoBitrate: '20M', size: '1280x720', audio: false, gopSeconds: 1, maxSeconds: 40 })
  await eventually('media', () => opened.video.packets.length > 30)
  const socket = await request(opened.bridge.url, `/flv/${BROADCAST}`)
  socket.pause()
  const written = async () => Number(/flv_bytes_total (\d+)/.exec(await (await fetch(`${opened.bridge.url}/metrics`)).text())?.[1])
  let last = -1
  await eventually('nothing more is written for it', async () => {
    const now = await written()
    const still = now === last && now > 0
    last = now
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    return still
  }, 30_000)
  const stopped = await written()
  expect(stopped).toBeLessThan(24 << 20)
  socket.resume()
  await eventually('it flows again', async () => (await written()) > stopped)
  socket.destroy()
}, 60_000)

test('the bridge answers nobody without the secret, and readably when it has nothing', async () => {
  const opened = (stage = await openStage())
  const { url, call } = opened.bridge
  expect((await fetch(`${url}/flv/${BROADCAST}`)).status).toBe(401)
  expect((await fetch(`${url}/packagings`, { method: 'POST', headers: { authorization: 'Bearer wrong' } })).status).toBe(401)
  const missing = await call('GET', `/flv/${BROADCAST}`)
  expect([missing.status, await missing.json()]).toEqual([404, { error: { code: 'broadcast-not-found', message: 'this bridge does not hold the broadcast' } }])
  expect((await call('POST', '/packagings', { broadcastId: '../../etc' })).status).toBe(400)
  expect((await call('DELETE', '/packagings/never-seen-1')).status).toBe(204)
  expect((await call('DELETE', '/publishes/never-seen-1', { reason: 'none' })).status).toBe(204)
  expect((await call('GET', '/nothing')).status).toBe(404)
})

test('a wrong setting or a taken port gives one clear line and exit code 1', async () => {
  const opened = (stage = await openStage())
  const port = new URL(opened.bridge.url).port
  const rtmpPort = new URL(opened.bridge.rtmpUrl).port
  const env = { INTERNAL_SECRET: TEST_SECRET, SERVER_URL: opened.server.url, MEDIA_DIR: opened.mediaDir, LOG_LEVEL: 'silent' }
  expect(await runBridge({ ...env, BRIDGE_PORT: port, RTMP_PORT: '1' })).toEqual([1, `Port ${port} (BRIDGE_PORT) is already taken\n`])
  expect(await runBridge({ ...env, BRIDGE_PORT: '23999', RTMP_PORT: rtmpPort })).toEqual([1, `Port ${rtmpPort} (RTMP_PORT) is already taken\n`])
  const [code, line] = await runBridge({ ...env, HLS_WINDOW: 'many' })
  expect(code).toBe(1)
  expect(line).toMatch(/^Wrong setting: HLS_WINDOW: .*\n$/)
  expect(await runBridge({ ...env, INTERNAL_SECRET: 'short' })).toEqual([1, 'Wrong setting: INTERNAL_SECRET must have at least 16 characters\n'])
})

test('a bridge whose launcher vanished leaves by itself', async () => {
  const opened = (stage = await openStage())
  const child = spawn(process.execPath, ['bridge/main.ts'], {
    env: { ...process.env, INTERNAL_SECRET: TEST_SECRET, SERVER_URL: opened.server.url, MEDIA_DIR: opened.mediaDir, BRIDGE_PORT: '23997', RTMP_PORT: '23998', LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const exited = new Promise((resolve) => child.once('exit', resolve))
  await eventually('it answers', async () => (await fetch('http://127.0.0.1:23997/healthz')).ok)
  child.disconnect()
  expect(await exited).toBe(0)
})

function runBridge(env: Readonly<Record<string, string>>): Promise<[number | null, string]> {
  const child = spawn(process.execPath, ['bridge/main.ts'], { env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'ignore', 'pipe'] })
  let text = ''
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')))
  return new Promise((resolve) => child.once('close', (code) => resolve([code, text])))
}

function request(url: string, path: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: bridge\r\nAuthorization: Bearer ${TEST_SECRET}\r\n\r\n`)
      resolve(socket)
    })
    socket.once('error', reject)
  })
}
