// A recorded real push in thousands of damaged forms, and plain garbage: one connection ends with one line, nothing grows.
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { FlvTag } from '../../bridge/flv/FlvTag.ts'
import type { Amf0Value } from '../../bridge/rtmp/Amf0Value.ts'
import { encodeAmf0 } from '../../bridge/rtmp/encodeAmf0.ts'
import { MESSAGE } from '../../bridge/rtmp/RtmpMessage.ts'
import { DEFAULT_RTMP_LIMITS } from '../../bridge/rtmp/rtmpLimits.ts'
import { writeMessage } from '../../bridge/rtmp/writeMessage.ts'
import { RtmpClient } from '../support/RtmpClient.ts'
import { startPush } from '../support/pushMedia.ts'
import { splitBytes } from '../support/rtmpChunks.ts'
import { feedSession } from '../support/rtmpFakeSocket.ts'
import type { FedConnection } from '../support/rtmpFakeSocket.ts'
import { startRecordingProxy, startRtmpTestServer } from '../support/rtmpTestServer.ts'

const KEY = 'recorded-secret-key'
const HANDSHAKE = 1 + 2 * 1536

let recording: Buffer
let expected: FlvTag[]

beforeAll(async () => {
  const server = await startRtmpTestServer()
  const proxy = await startRecordingProxy(server.port)
  const push = startPush({ url: `rtmp://127.0.0.1:${proxy.port}/live/${KEY}`, size: '160x90', framesPerSecond: 10, videoBitrate: '60k', maxSeconds: 2, realtime: false })
  expect((await push.exited).code).toBe(0)
  await server.publishes[0]?.closed
  expected = server.publishes[0]?.tags ?? []
  recording = proxy.recorded()
  await proxy.close()
  await server.close()
  expect(expected.length).toBeGreaterThan(50)
})

/** What every connection must keep, however it was damaged. */
function expectKept(fed: FedConnection, largestPiece: number): void {
  const ends = fed.lines.filter((line) => line.message === 'rtmp connection ended')
  expect(ends.length).toBe(1)
  expect(fed.lines.length).toBe(fed.closedCalls + 1)
  expect(fed.lines.filter((line) => line.level === 'error')).toEqual([])
  expect(JSON.stringify(fed.lines)).not.toContain(KEY)
  expect(fed.peakBufferedBytes).toBeLessThanOrEqual(DEFAULT_RTMP_LIMITS.maxAssemblingBytes + largestPiece)
}

test('the recording replays to the same tags in any splits', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 10 }), async (sizes) => {
      const fed = await feedSession(splitBytes(recording, sizes))
      expect(fed.tags).toEqual(expected)
      expect(fed.closedReason).toBe('the encoder stopped')
    }),
    { numRuns: 25 },
  )
})

test('the recording replays byte by byte', async () => {
  expect((await feedSession(splitBytes(recording.subarray(0, 60_000), [1]))).tags.length).toBeGreaterThan(20)
})

describe('damaged recordings', () => {
  const offset = fc.nat()
  const damage = fc.oneof(
    fc.record({ kind: fc.constant('change' as const), offset, bytes: fc.uint8Array({ minLength: 1, maxLength: 12 }) }),
    fc.record({ kind: fc.constant('insert' as const), offset, bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }) }),
    fc.record({ kind: fc.constant('remove' as const), offset, bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }) }),
    fc.record({ kind: fc.constant('cut' as const), offset, bytes: fc.constant(new Uint8Array()) }),
  )

  const apply = (source: Buffer, from: number, damages: readonly { kind: string; offset: number; bytes: Uint8Array }[]) => {
    let bytes = Buffer.from(source)
    for (const { kind, offset: raw, bytes: given } of damages) {
      const at = from + (raw % Math.max(1, bytes.length - from))
      if (kind === 'change') Buffer.from(given).copy(bytes, at)
      else if (kind === 'insert') bytes = Buffer.concat([bytes.subarray(0, at), given, bytes.subarray(at)])
      else if (kind === 'remove') bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + given.length)])
      else bytes = bytes.subarray(0, at)
    }
    return bytes
  }

  test.each([
    ['anywhere', 0, 2_500, () => recording.subarray(0, 12_000)],
    ['in the commands', HANDSHAKE, 3_500, () => recording.subarray(0, HANDSHAKE + 1_000)],
    ['in the media', HANDSHAKE + 400, 2_500, () => recording.subarray(0, 20_000)],
  ])('%s end one connection with one line and hold no memory', async (_name, from, numRuns, source) => {
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 5 }), fc.integer({ min: 50, max: 20_000 }), async (damages, size) => {
        expectKept(await feedSession(splitBytes(apply(source(), from, damages), [size])), size)
      }),
      { numRuns },
    )
  })
})

describe('garbage', () => {
  test.each([
    ['from the first byte', 1_500, () => Buffer.alloc(0)],
    ['behind a handshake', 3_500, () => recording.subarray(0, HANDSHAKE)],
    ['behind a publish', 1_500, () => recording.subarray(0, HANDSHAKE + 900)],
  ])('%s ends one connection with one line and holds no memory', async (_name, numRuns, start) => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000, size: 'max' }), async (garbage) => {
        expectKept(await feedSession([Buffer.concat([start(), garbage])]), 2_000 + HANDSHAKE)
      }),
      { numRuns },
    )
  })
})

describe('well-framed messages of random kind and body', () => {
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    // Bodies that begin like the real thing get deeper into the parsers.
    fc.tuple(fc.constantFrom('02000d40736574446174614672616d65', '02000a6f6e4d65746144617461', '020007636f6e6e656374003ff0000000000000', '0900000a0000000000000000'), fc.uint8Array({ maxLength: 60 })).map(([start, rest]) => Buffer.concat([Buffer.from(start, 'hex'), rest])),
  )
  const message = fc.record({ type: fc.oneof(fc.integer({ min: 1, max: 22 }), fc.constantFrom(4, 15, 17, 18, 20, 22)), streamId: fc.nat(2), chunkStreamId: fc.integer({ min: 2, max: 8 }), timestamp: fc.nat(0xffffffff), payload: body.map((bytes) => Buffer.from(bytes)) })

  test.each([
    ['before connect', () => recording.subarray(0, HANDSHAKE)],
    ['behind a publish', () => publishStart()],
  ])('%s end one connection with one line and hold no memory', async (_name, start) => {
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 8 }), async (messages) => {
        expectKept(await feedSession([start(), ...messages.map((one) => writeMessage(one, 128))]), 4_000)
      }),
      { numRuns: 2_000 },
    )
  })

  /** A publish that was accepted, its chunk size still 128. */
  const publishStart = () => {
    const command = (streamId: number, ...values: Amf0Value[]) => writeMessage({ type: MESSAGE.commandAmf0, timestamp: 0, streamId, chunkStreamId: 3, payload: encodeAmf0(...values) }, 128)
    return Buffer.concat([recording.subarray(0, HANDSHAKE), command(0, 'connect', 1, { app: 'live' }), command(0, 'createStream', 2, null), command(1, 'publish', 3, null, KEY, 'live')])
  }
})

describe('memory', () => {
  /** The headers of a 16 MB video message on one chunk stream. */
  const announce = (chunkStreamId: number, length: number) => {
    const header = Buffer.from([chunkStreamId, 0, 0, 0, 0, 0, 0, 9, 1, 0, 0, 0])
    header.writeUIntBE(length, 4, 3)
    return header
  }

  test('a publisher that announces 16 MB messages is closed at the first', async () => {
    const server = await startRtmpTestServer()
    const client = await RtmpClient.publish({ port: server.port, key: KEY })
    for (let id = 3; id < 60; id += 1) client.sendRaw(Buffer.concat([announce(id, 0xffffff), Buffer.alloc(128)]))
    await client.closed
    expect(await server.publishes[0]?.closed).toBe('a message of 16777215 bytes exceeds the limit of 8388608')
    await server.close()
  })

  test('a publisher that fills many chunk streams without ever finishing is closed at the bound', async () => {
    const server = await startRtmpTestServer()
    const client = await RtmpClient.publish({ port: server.port, key: KEY })
    client.setChunkBytes(1 << 20)
    let peak = 0
    const watch = setInterval(() => (peak = Math.max(peak, server.server.bufferedBytes)), 1)
    for (let id = 3; id < 60 && !client.isClosed; id += 1) {
      client.sendRaw(Buffer.concat([announce(id, 8 << 20), Buffer.alloc(1 << 20)]))
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    await client.closed
    clearInterval(watch)
    expect(await server.publishes[0]?.closed).toBe(`unfinished messages exceed ${DEFAULT_RTMP_LIMITS.maxAssemblingBytes} bytes`)
    expect(peak).toBeGreaterThan(1 << 20)
    expect(peak).toBeLessThanOrEqual(DEFAULT_RTMP_LIMITS.maxAssemblingBytes + (1 << 16))
    await server.close()
  })

  test('a stranger may not send a large message at all', async () => {
    const server = await startRtmpTestServer()
    const client = await RtmpClient.connect({ port: server.port })
    client.sendRaw(announce(4, 100_000))
    await client.closed
    expect(server.lines.map((line) => line.fields['reason'])).toEqual(['a message of 100000 bytes exceeds the limit of 65536'])
    await server.close()
  })

  test('a client that asks for endless replies and reads none is closed', async () => {
    const server = await startRtmpTestServer()
    const client = await RtmpClient.publish({ port: server.port, key: KEY })
    client.stopReading()
    const ping = Buffer.from([2, 0, 0, 0, 0, 0, 6, 4, 0, 0, 0, 0, 0, 6, 1, 2, 3, 4])
    const flood = Buffer.concat(Array<Buffer>(4_000).fill(ping))
    const publish = server.publishes[0]
    let over = false
    void publish?.closed.then(() => (over = true))
    while (!over) {
      client.sendRaw(flood)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(await publish?.closed).toBe('the client does not read its replies')
    client.destroy()
    await server.close()
  })
})
