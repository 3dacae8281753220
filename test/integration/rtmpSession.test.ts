// What a publisher may expect of our RTMP server, and what it must not get away with, over real sockets.
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { describeVideo } from '../../bridge/flv/describeTag.ts'
import type { FlvTag } from '../../bridge/flv/FlvTag.ts'
import { encodeAmf0 } from '../../bridge/rtmp/encodeAmf0.ts'
import { MESSAGE, USER_CONTROL } from '../../bridge/rtmp/RtmpMessage.ts'
import type { RtmpPublisher } from '../../bridge/rtmp/RtmpPublish.ts'
import { RtmpClient } from '../support/RtmpClient.ts'
import { startRtmpTestServer } from '../support/rtmpTestServer.ts'
import type { RtmpTestServer, RtmpTestServerOptions } from '../support/rtmpTestServer.ts'

const KEY = 'secret-stream-key'
const frame = (timestamp: number, bytes = 100): FlvTag => ({ type: 'video', timestamp, data: Buffer.concat([Buffer.from([0x27, 1, 0, 0, 0]), Buffer.alloc(bytes, 0x41)]) })

let running: RtmpTestServer | undefined
async function start(options: RtmpTestServerOptions = {}): Promise<RtmpTestServer> {
  running = await startRtmpTestServer(options)
  return running
}
afterEach(async () => {
  await running?.close()
  running = undefined
})

const publish = (server: RtmpTestServer, key = KEY) => RtmpClient.publish({ port: server.port, key })

describe('publishing', () => {
  test.each(['simple', 'digest-0', 'digest-1'] as const)('works after a %s handshake', async (handshake) => {
    const server = await start()
    const client = await RtmpClient.publish({ port: server.port, handshake, key: `${KEY}?bandwidthtest=1` })
    client.sendTag(frame(40))
    await vi.waitFor(() => expect(server.publishes[0]?.tags).toEqual([frame(40)]))
    expect(server.publishes[0]?.request).toMatchObject({ app: 'live', streamKey: KEY, remoteAddress: '127.0.0.1' })
    client.destroy()
    expect(await server.publishes[0]?.closed).toBe('the client disconnected')
  })

  test('brings audio, video and metadata in order, whatever the chunk size', async () => {
    const server = await start()
    const client = await publish(server)
    const tags: FlvTag[] = [{ type: 'script', timestamp: 0, data: encodeAmf0('onMetaData', { width: 640 }) }]
    for (let index = 0; index < 20; index += 1) {
      tags.push({ type: 'audio', timestamp: index * 20, data: Buffer.concat([Buffer.from([0xaf, 1]), Buffer.alloc(index * 7, index)]) }, frame(index * 20, index * 300))
    }
    for (const [index, tag] of tags.entries()) {
      if (index % 10 === 5) client.setChunkBytes(1 + index * 100)
      client.sendTag(tag)
    }
    await vi.waitFor(() => expect(server.publishes[0]?.tags.length).toBe(tags.length))
    expect(server.publishes[0]?.tags).toEqual(tags)
    expect({ ...server.publishes[0]?.metadata[0] }).toEqual({ width: 640 })
    client.destroy()
  })

  test('keeps time running over the 32-bit wrap', async () => {
    const server = await start()
    const client = await publish(server)
    for (const timestamp of [0xfffffff0, 0x1_0000_0010]) client.sendTag(frame(timestamp, 1000))
    await vi.waitFor(() => expect(server.publishes[0]?.tags.map((tag) => tag.timestamp)).toEqual([0xfffffff0, 0x1_0000_0010]))
    client.destroy()
  })

  test('passes enhanced RTMP tags and tells a client that asks what is taken', async () => {
    const server = await start()
    const client = await RtmpClient.connect({ port: server.port })
    const result = await client.connectApp('live', { fourCcList: ['hvc1', 'av01', 'vp09'], videoFourCcInfoMap: { '*': 4 }, capsEx: 15 })
    expect(result.values[0]).toMatchObject({ fourCcList: expect.arrayContaining(['hvc1', 'av01', 'vp09']), videoFourCcInfoMap: { hvc1: 5, av01: 5, vp09: 5 }, capsEx: 4 })
    expect((await client.publish(KEY)).code).toBe('NetStream.Publish.Start')
    for (const fourCc of ['hvc1', 'av01', 'vp09']) client.sendTag({ type: 'video', timestamp: 0, data: Buffer.concat([Buffer.from([0x90]), Buffer.from(fourCc), Buffer.from([1, 2, 3])]) })
    await vi.waitFor(() => expect(server.publishes[0]?.tags.length).toBe(3))
    expect(server.publishes[0]?.tags.map((tag) => describeVideo(tag.data)?.codec)).toEqual(['hevc', 'av1', 'vp9'])
    client.destroy()
  })

  test('a client that knows nothing of enhanced RTMP is told nothing of it', async () => {
    const server = await start()
    const client = await RtmpClient.connect({ port: server.port })
    expect((await client.connectApp('live')).values[0]).not.toHaveProperty('fourCcList')
    client.destroy()
  })

  test('acknowledges by the client window and answers pings', async () => {
    const server = await start()
    const client = await publish(server)
    client.sendControl(MESSAGE.windowAcknowledgementSize, 20_000)
    client.sendTag(frame(0, 50_000))
    const acknowledgement = await client.message((message) => message.type === MESSAGE.acknowledgement)
    expect(acknowledgement.payload.readUInt32BE()).toBeGreaterThanOrEqual(20_000)
    client.sendMessage({ type: MESSAGE.userControl, timestamp: 0, streamId: 0, chunkStreamId: 2, payload: Buffer.from([0, USER_CONTROL.pingRequest, 1, 2, 3, 4]) })
    const pong = await client.message((message) => message.type === MESSAGE.userControl && message.payload.readUInt16BE() === USER_CONTROL.pingResponse)
    expect(pong.payload.subarray(2)).toEqual(Buffer.from([1, 2, 3, 4]))
    client.destroy()
  })

  test('ends by deleteStream with a status, and the owner hears that the encoder stopped', async () => {
    const server = await start()
    const client = await publish(server)
    client.command('FCUnpublish', null, KEY)
    client.command('deleteStream', null, 1)
    await client.closed
    expect(client.statuses().at(-1)).toMatchObject({ level: 'status', code: 'NetStream.Unpublish.Success' })
    expect(await server.publishes[0]?.closed).toBe('the encoder stopped')
  })

  test('logs one line at its start and one at its end, never the key', async () => {
    const server = await start()
    const client = await publish(server)
    client.destroy()
    await server.publishes[0]?.closed
    expect(server.lines.map(({ level, message }) => [level, message])).toEqual([
      ['info', 'rtmp publish accepted'],
      ['info', 'rtmp connection ended'],
    ])
    expect(JSON.stringify(server.lines)).not.toContain(KEY)
  })
})

describe('the key', () => {
  test('is checked before any media is read; what comes meanwhile waits in the sockets', async () => {
    const asked = Promise.withResolvers<RtmpPublisher>()
    const allowed = Promise.withResolvers<void>()
    const server = await start({
      decide: (_request, publisher) => {
        asked.resolve(publisher)
        return allowed.promise
      },
    })
    const client = await RtmpClient.connect({ port: server.port })
    await client.connectApp('live')
    const status = client.publish(KEY)
    const publisher = await asked.promise
    for (let index = 0; index < 20; index += 1) client.sendTag(frame(index, 1 << 20))
    await delay(100)
    expect(publisher.bytesReceived).toBeLessThan(1 << 18)
    allowed.resolve()
    expect((await status).code).toBe('NetStream.Publish.Start')
    await vi.waitFor(() => expect(server.publishes[0]?.tags.length).toBe(20), { timeout: 5_000 })
    client.destroy()
  })

  test('media without a publish goes nowhere', async () => {
    const server = await start()
    const client = await RtmpClient.connect({ port: server.port })
    await client.connectApp('live')
    client.sendTag(frame(0))
    expect((await client.publish(KEY)).code).toBe('NetStream.Publish.Start')
    expect(server.publishes[0]?.tags).toEqual([])
    client.destroy()
  })

  test('that is wrong gets BadName with a readable reason, then the connection is closed', async () => {
    const server = await start({
      decide: ({ streamKey }) => {
        throw new Error(`the stream key ${streamKey} is not valid`)
      },
    })
    const client = await RtmpClient.connect({ port: server.port })
    await client.connectApp('live')
    expect(await client.publish(KEY)).toMatchObject({ level: 'error', code: 'NetStream.Publish.BadName', description: 'the stream key … is not valid' })
    await client.closed
    expect(server.lines.length).toBe(1)
    expect(JSON.stringify(server.lines)).not.toContain(KEY)
  })

  test.each([
    ['that is empty', ''],
    ['that is longer than any key', 'x'.repeat(201)],
  ])('%s is refused without asking anybody', async (_name, key) => {
    const server = await start()
    const client = await RtmpClient.connect({ port: server.port })
    await client.connectApp('live')
    expect((await client.publish(key)).code).toBe('NetStream.Publish.BadName')
    await client.closed
    expect(server.publishes).toEqual([])
  })

  test('granted after the client has gone is given back at once', async () => {
    const allowed = Promise.withResolvers<void>()
    const server = await start({ decide: () => allowed.promise, limits: { publishTimeoutMs: 100 } })
    const client = await RtmpClient.connect({ port: server.port })
    await client.connectApp('live')
    await expect(client.publish(KEY)).rejects.toThrow('the server closed the connection')
    allowed.resolve()
    await vi.waitFor(() => expect(server.publishes.length).toBe(1))
    expect(await server.publishes[0]?.closed).toBe('nothing published within 0.1 s')
  })
})

describe('refusals', () => {
  test('another application is rejected with a hint', async () => {
    const server = await start()
    const client = await RtmpClient.connect({ port: server.port })
    const reply = await client.connectApp('vod')
    expect(reply).toMatchObject({ name: '_error', values: [null, { level: 'error', code: 'NetConnection.Connect.Rejected', description: 'the server address must end in /live' }] })
    await client.closed
    expect(server.lines.length).toBe(1)
  })

  test('play fails with a status, then the connection is closed', async () => {
    const server = await start()
    const client = await RtmpClient.connect({ port: server.port })
    await client.connectApp('live')
    client.sendCommand(1, 'play', 0, null, 'x')
    expect((await client.nextStatus(0)).code).toBe('NetStream.Play.Failed')
    await client.closed
  })

  test('a second publish on the same connection is refused and the first goes on', async () => {
    const server = await start()
    const client = await publish(server)
    client.sendCommand(1, 'publish', 0, null, 'another', 'live')
    expect(await client.nextStatus(1)).toMatchObject({ code: 'NetStream.Publish.BadName', description: 'this connection already publishes' })
    client.sendTag(frame(7))
    await vi.waitFor(() => expect(server.publishes[0]?.tags.length).toBe(1))
    expect(server.publishes.length).toBe(1)
    client.destroy()
  })

  test('more connections of one address than allowed are closed at once', async () => {
    const server = await start({ limits: { maxConnectionsPerAddress: 2 } })
    const clients = [await RtmpClient.connect({ port: server.port }), await RtmpClient.connect({ port: server.port })]
    const third = await RtmpClient.open({ port: server.port })
    await third.closed
    expect(server.lines.map((line) => line.message)).toEqual(['rtmp connection refused'])
    clients[0]?.destroy()
    await vi.waitFor(() => expect(server.server.connections).toBe(1))
    const fourth = await RtmpClient.connect({ port: server.port })
    for (const client of [clients[1], fourth]) client?.destroy()
  })
})

describe('deadlines', () => {
  test.each(['before the handshake', 'after the handshake', 'after connect'])('a client that stops %s is closed when its time to publish is over', async (stage) => {
    const server = await start({ limits: { publishTimeoutMs: 150 } })
    const client = await RtmpClient.open({ port: server.port })
    if (stage !== 'before the handshake') await client.shakeHands('simple')
    if (stage === 'after connect') await client.connectApp('live')
    await client.closed
    expect(server.lines.map((line) => line.fields['reason'])).toEqual(['nothing published within 0.15 s'])
  })

  test('bytes alone do not prolong the time to publish', async () => {
    const server = await start({ limits: { publishTimeoutMs: 200 } })
    const client = await RtmpClient.connect({ port: server.port })
    const chatter = setInterval(() => client.sendControl(MESSAGE.acknowledgement, 1), 20)
    await client.closed
    clearInterval(chatter)
    expect(server.lines.length).toBe(1)
  })

  test('a publisher that falls silent is closed, one that goes on is not', async () => {
    const server = await start({ limits: { silenceTimeoutMs: 300 } })
    const [silent, busy] = [await publish(server), await publish(server, 'other')]
    let timestamp = 0
    const pictures = setInterval(() => busy.sendTag(frame((timestamp += 40))), 40)
    expect(await server.publishes[0]?.closed).toBe('the client sent nothing for 0.3 s')
    await silent.closed
    await delay(400)
    clearInterval(pictures)
    expect(busy.isClosed).toBe(false)
    busy.destroy()
  })
})

describe('the owner of a broadcast', () => {
  test('can end it with a reason that the encoder is told', async () => {
    const server = await start()
    const client = await publish(server)
    server.publishes[0]?.publisher.close('the broadcast was stopped by an operator')
    server.publishes[0]?.publisher.close('again')
    expect(await server.publishes[0]?.closed).toBe('the broadcast was stopped by an operator')
    await client.closed
    expect(client.statuses().at(-1)).toMatchObject({ level: 'error', code: 'NetStream.Unpublish', description: 'the broadcast was stopped by an operator' })
  })

  test('can let the newest connection replace the older one', async () => {
    const current = new Map<string, RtmpTestServer['publishes'][number]['publisher']>()
    const server = await start({
      decide: ({ streamKey }, publisher) => {
        current.get(streamKey)?.close('replaced by a newer connection')
        current.set(streamKey, publisher)
      },
    })
    const older = await publish(server)
    const newer = await publish(server)
    await older.closed
    newer.sendTag(frame(3))
    await vi.waitFor(() => expect(server.publishes[1]?.tags.length).toBe(1))
    expect(await server.publishes[0]?.closed).toBe('replaced by a newer connection')
    expect(newer.isClosed).toBe(false)
    newer.destroy()
  })

  test('is rid of an encoder that never closes its side', async () => {
    const server = await start({ limits: { lingerMs: 100 } })
    const client = await publish(server)
    client.stopReading()
    server.publishes[0]?.publisher.close('over')
    await vi.waitFor(() => expect(server.server.connections).toBe(0))
    client.destroy()
  })

  test('gets no tag after it closed, not even from the same packet', async () => {
    const server = await start({ onTag: (_tag, publisher) => publisher.close('enough') })
    const client = await publish(server)
    for (let index = 0; index < 50; index += 1) client.sendTag(frame(index))
    await client.closed
    expect(server.publishes[0]?.tags.length).toBe(1)
  })

  test('that throws costs its own connection and one error line, nothing else', async () => {
    const server = await start({
      onTag: () => {
        throw new Error('sink broke')
      },
    })
    const client = await publish(server)
    client.sendTag(frame(0))
    await client.closed
    expect(await server.publishes[0]?.closed).toBe('internal error')
    expect(server.lines.map((line) => line.level)).toEqual(['info', 'error'])
  })
})

describe('the server', () => {
  test('tells its publishers when it closes, and closing twice is closing once', async () => {
    const server = await start()
    const client = await publish(server)
    const stranger = await RtmpClient.open({ port: server.port })
    await Promise.all([server.close(), server.close(), client.closed, stranger.closed])
    expect(client.statuses().at(-1)).toMatchObject({ description: 'the server is shutting down' })
    expect(server.server.connections).toBe(0)
  })

  test('says when its port is taken', async () => {
    const server = await start()
    const { RtmpServer } = await import('../../bridge/rtmp/RtmpServer.ts')
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
    const second = new RtmpServer({ host: '127.0.0.1', port: server.port, log, authorize: () => Promise.reject(new Error('never asked')) })
    await expect(second.listen()).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await second.close()
  })
})
