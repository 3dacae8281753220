import { once } from 'node:events'
import { createWorker } from 'mediasoup'
import { afterEach, describe, expect, test } from 'vitest'
import type { PackagingFeed } from '../../server/media/PackagingFeed.ts'
import { Room } from '../../server/media/Room.ts'
import type { RoomOptions } from '../../server/media/Room.ts'
import type { Viewer } from '../../server/media/Viewer.ts'
import type { WorkerPool } from '../../server/media/WorkerPool.ts'
import { mediaCodecs } from '../../worker-config/codecs.ts'
import { routerRtpCapabilities } from '../../worker-config/routerRtpCapabilities.ts'
import { workerSettings } from '../../worker-config/workerSettings.ts'
import { freePort, log, run, sendTestMedia, startPool, until } from '../support/mediaWorkers.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function pool(size: number, onWorkerDied?: (died: { pid: number; index: number }) => void): Promise<WorkerPool> {
  const started = await startPool({ size, onWorkerDied })
  cleanups.push(() => started.close())
  return started
}
async function room(o: Partial<RoomOptions> & { pool: WorkerPool }): Promise<Room> {
  const made = await Room.create({ id: 'room', viewersPerRouter: 100, log, ...o })
  cleanups.push(() => made.close())
  return made
}
async function relayed(made: Room): Promise<void> {
  const media = sendTestMedia(await made.openRelay({ video: { width: 640, height: 360, transcodeReason: null }, audio: { channels: 2 } }))
  cleanups.push(() => media.stop())
  expect(await made.relayFlowing()).toBe(true)
}
const quiet = { consumerAdded: () => undefined, consumerClosed: () => undefined, layersChanged: () => undefined, closed: () => undefined }
const join = (made: Room, on: Partial<typeof quiet> = {}): Promise<Viewer> => made.addViewer({ rtpCapabilities: routerRtpCapabilities as never, on: { ...quiet, ...on } })

test('the capabilities that pages know are those of a real router', async () => {
  const worker = await createWorker(workerSettings(process.env['MEDIASOUP_WORKER_BIN'] ?? ''))
  cleanups.push(() => worker.close())
  const router = await worker.createRouter({ mediaCodecs })
  expect(router.rtpCapabilities).toEqual(routerRtpCapabilities)
})

describe('a relay', () => {
  test('flows into the room, is counted, and its picture measured', async () => {
    const made = await room({ pool: await pool(1) })
    await relayed(made)
    expect(made.sources).toEqual({ video: { codec: 'h264', layers: 1 }, audio: { codec: 'opus' } })
    expect(await made.measurePicture()).toEqual({ width: 640, height: 360 })
    const stats = await until(async () => {
      const { producers } = await made.stats()
      return producers.every(({ packets }) => packets > 30) && producers
    })
    expect(stats.map(({ kind, lost }) => [kind, lost])).toEqual([['video', 0], ['audio', 0]])
  })

  test('a newer one replaces it: viewers lose the old consumers and get new ones', async () => {
    const made = await room({ pool: await pool(1) })
    await relayed(made)
    const facts: string[] = []
    const viewer = await join(made, { consumerAdded: () => void facts.push('added'), consumerClosed: () => void facts.push('closed') })
    expect(viewer.consumers.map(({ kind, layers }) => [kind, layers])).toEqual([['video', 1], ['audio', 1]])
    await made.openRelay({ video: null, audio: { channels: 2 } })
    await until(() => viewer.consumers.length === 1)
    expect(facts.toSorted()).toEqual(['added', 'closed', 'closed'])
    expect(made.sources).toEqual({ audio: { codec: 'opus' } })
    made.closeSources()
    await until(() => viewer.consumers.length === 0)
    expect(made.sources).toEqual({})
  })

  test('that never sends does not flow when it is closed', async () => {
    const made = await room({ pool: await pool(1) })
    await made.openRelay({ video: null, audio: { channels: 2 } })
    const flowing = made.relayFlowing()
    made.closeSources()
    expect(await flowing).toBe(false)
  })
})

describe('viewers', () => {
  test('fill one worker, then the next; the emptied router is released', async () => {
    const workers = await pool(2)
    const made = await room({ pool: workers, viewersPerRouter: 2 })
    await relayed(made)
    // At once, as after an announcement.
    const viewers = await Promise.all([join(made), join(made), join(made), join(made), join(made)])
    expect(viewers.every(({ consumers }) => consumers.length === 2)).toBe(true)
    expect(await made.stats()).toMatchObject({ viewers: 5, routers: 2, joins: 5 })
    const loads = (await workers.stats()).workers.map((worker) => worker.viewers)
    expect(loads.toSorted()).toEqual([2, 3])
    for (const viewer of viewers.slice(2)) viewer.close()
    expect(await made.stats()).toMatchObject({ viewers: 2, routers: 1 })
    // What was piped still reaches a viewer who comes later.
    expect((await join(made)).consumers).toHaveLength(2)
    made.close()
    expect((await workers.stats()).workers.map(({ rooms, viewers: left }) => [rooms, left])).toEqual([[0, 0], [0, 0]])
  })

  test('that come before the source are told of it', async () => {
    const made = await room({ pool: await pool(2), viewersPerRouter: 1 })
    const added: string[] = []
    const on = { consumerAdded: ({ kind }: { kind: string }) => void added.push(kind) }
    await Promise.all([join(made, on as never), join(made, on as never)])
    await made.openRelay({ video: { width: 1, height: 1, transcodeReason: null }, audio: { channels: 2 } })
    await until(() => added.length === 4)
    expect(added.toSorted()).toEqual(['audio', 'audio', 'video', 'video'])
  })

  test('without a codec in common are refused, and nothing is left of them', async () => {
    const made = await room({ pool: await pool(1) })
    await made.openRelay({ video: { width: 1, height: 1, transcodeReason: null }, audio: null })
    const onlyVp8 = { codecs: routerRtpCapabilities.codecs?.filter(({ mimeType }) => mimeType === 'video/VP8'), headerExtensions: [] }
    await expect(made.addViewer({ rtpCapabilities: onlyVp8 as never, on: quiet })).rejects.toMatchObject({ code: 'unsupported-codecs' })
    await expect(made.addViewer({ rtpCapabilities: { codecs: [{ kind: 7 }] }, on: quiet })).rejects.toMatchObject({ code: 'unsupported-codecs' })
    expect(made.viewerCount).toBe(0)
  })
})

describe('a dead worker', () => {
  test('is replaced on its port; its room fails, its viewers and publisher are told', async () => {
    const died: number[] = []
    const workers = await pool(1, ({ pid }) => died.push(pid))
    const made = await room({ pool: workers })
    const told: string[] = []
    const publish = await made.createPublishTransport()
    publish.onClosed((reason) => told.push(`publish ${reason}`))
    await join(made, { closed: ((reason: string) => told.push(`viewer ${reason}`)) as never })
    made.once('closed', () => told.push('room closed'))
    const failed = once(made, 'failed')
    const [before] = (await workers.stats()).workers
    process.kill(before?.pid ?? 0, 'SIGKILL')
    await failed
    await until(() => told.length === 3)
    expect(told.toSorted()).toEqual(['publish media-restarted', 'room closed', 'viewer media-restarted'])
    expect(died).toEqual([before?.pid])
    const after = await until(async () => (await workers.stats()).workers[0])
    expect([after.port, after.rooms, after.viewers]).toEqual([before?.port, 0, 0])
    expect((await workers.stats()).deaths).toBe(1)
    const again = await room({ pool: workers })
    await relayed(again)
  })

  test('of a branch takes only the viewers who sat there', async () => {
    const workers = await pool(2)
    const made = await room({ pool: workers, viewersPerRouter: 1 })
    await relayed(made)
    const told: string[] = []
    for (const name of ['first', 'second']) await join(made, { closed: ((reason: string) => told.push(`${name} ${reason}`)) as never })
    const branch = (await workers.stats()).workers.find(({ rooms }) => rooms === 0)
    process.kill(branch?.pid ?? 0, 'SIGKILL')
    await until(() => told.length > 0)
    expect(told).toEqual(['second media-restarted'])
    expect([made.closed, made.viewerCount]).toEqual([false, 1])
    await until(async () => (await workers.stats()).workers.length === 2)
    expect((await join(made)).consumers).toHaveLength(2)
  })
})

test('a port that is taken is one clear line', async () => {
  const first = await pool(1)
  const port = (await first.stats()).workers[0]?.port ?? 0
  await expect(startPool({ size: 1, webRtc: { listenIp: '0.0.0.0', port, announcedAddress: '' } })).rejects.toThrow(new RegExp(`port ${port}`))
})

test('the packaging feed is a stream that ffmpeg decodes', async () => {
  const made = await room({ pool: await pool(1) })
  await relayed(made)
  const feed = await made.openPackagingFeed()
  const changes: string[] = []
  feed.onChanged(() => changes.push('changed'))
  const port = await freePort()
  const decoder = run('ffmpeg', ['-v', 'error', '-protocol_whitelist', 'pipe,udp,rtp', '-f', 'sdp', '-i', 'pipe:0', '-map', '0:v', '-frames:v', '30', '-f', 'null', '-', '-map', '0:a', '-t', '1', '-f', 'null', '-'], sdpOf(feed, port))
  cleanups.push(() => decoder.stop())
  const exit = once(decoder.process, 'exit')
  await feed.connect({ ip: '127.0.0.1', video: { rtpPort: port, rtcpPort: port + 1 }, audio: { rtpPort: port + 2, rtcpPort: port + 3 } })
  await feed.resume()
  expect([(await exit)[0], decoder.stderr().includes('Could not')]).toEqual([0, false])
  expect(changes).toEqual([])
  made.closeSources()
  await until(() => changes.length === 1)
  feed.close()
})

function sdpOf(feed: PackagingFeed, port: number): string {
  const { video, audio } = feed
  return `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=video ${port} RTP/AVP ${video?.payloadType}\na=rtpmap:${video?.payloadType} H264/90000\na=fmtp:${video?.payloadType} ${video?.fmtp}\nm=audio ${port + 2} RTP/AVP ${audio?.payloadType}\na=rtpmap:${audio?.payloadType} opus/48000/2\n`
}
