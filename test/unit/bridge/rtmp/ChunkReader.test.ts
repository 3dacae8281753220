// The chunk reader gives back every message, however its bytes are cut and mixed, and never holds more than it may.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ChunkReader } from '../../../../bridge/rtmp/ChunkReader.ts'
import type { RtmpMessage } from '../../../../bridge/rtmp/RtmpMessage.ts'
import { DEFAULT_RTMP_LIMITS } from '../../../../bridge/rtmp/rtmpLimits.ts'
import { RtmpProtocolError } from '../../../../bridge/rtmp/RtmpProtocolError.ts'
import { writeMessage } from '../../../../bridge/rtmp/writeMessage.ts'
import { TestChunkWriter, splitBytes } from '../../../support/rtmpChunks.ts'

const LIMITS = { maxMessageBytes: 1 << 20, maxAssemblingBytes: 1 << 20, maxChunkBytes: 1 << 16, maxChunkStreams: 8 }

function readAll(reader: ChunkReader, pieces: readonly Buffer[]): RtmpMessage[] {
  const messages: RtmpMessage[] = []
  for (const piece of pieces) {
    reader.push(piece)
    for (let message = reader.next(); message !== undefined; message = reader.next()) messages.push(message)
  }
  return messages
}

const video = (over: Partial<RtmpMessage> = {}): RtmpMessage => ({ type: 9, timestamp: 0, streamId: 1, chunkStreamId: 6, payload: Buffer.alloc(300, 0x55), ...over })

const anyMessage = fc.record({
  type: fc.constantFrom(8, 9, 18, 20),
  timestamp: fc.oneof(fc.nat(200_000), fc.constantFrom(0xfffffe, 0xffffff, 0x1000000, 0xffffffff), fc.nat(0xffffffff)),
  streamId: fc.constantFrom(0, 1, 77777),
  chunkStreamId: fc.constantFrom(2, 3, 63, 64, 319, 320, 65_599),
  payload: fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes)),
})

describe('a round trip', () => {
  test('keeps messages of every header type and size, in any splits', () => {
    const input = fc.record({ messages: fc.array(fc.tuple(anyMessage, fc.nat(3)), { maxLength: 12 }), chunkBytes: fc.integer({ min: 1, max: 700 }), sizes: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 8 }) })
    fc.assert(
      fc.property(input, ({ messages, chunkBytes, sizes }) => {
        const writer = new TestChunkWriter({ chunkBytes })
        const bytes = Buffer.concat(messages.map(([message, format]) => writer.whole(message, format)))
        const reader = new ChunkReader(LIMITS)
        reader.chunkBytes = chunkBytes
        expect(readAll(reader, splitBytes(bytes, sizes))).toEqual(messages.map(([message]) => message))
        expect(reader.bufferedBytes).toBe(0)
      }),
      { numRuns: 500 },
    )
  })

  test('keeps messages of several chunk streams that are interleaved chunk by chunk', () => {
    const input = fc.record({ messages: fc.uniqueArray(anyMessage, { selector: (message) => message.chunkStreamId, minLength: 2, maxLength: 7 }), turns: fc.array(fc.nat(6), { minLength: 1 }), chunkBytes: fc.integer({ min: 20, max: 200 }) })
    fc.assert(
      fc.property(input, ({ messages, turns, chunkBytes }) => {
        const writer = new TestChunkWriter({ chunkBytes })
        const parts = messages.map((message) => writer.start(message, 0))
        const open = messages.map((message) => message.chunkStreamId)
        for (let turn = 0; open.length > 0; turn += 1) {
          const index = (turns[turn % turns.length] ?? 0) % open.length
          const part = writer.more(open[index] as number)
          if (part === undefined) open.splice(index, 1)
          else parts.push(part)
        }
        const reader = new ChunkReader(LIMITS)
        reader.chunkBytes = chunkBytes
        const got = readAll(reader, [Buffer.concat(parts)])
        const byStream = (a: RtmpMessage, b: RtmpMessage) => a.chunkStreamId - b.chunkStreamId
        expect(got.sort(byStream)).toEqual([...messages].sort(byStream))
      }),
      { numRuns: 300 },
    )
  })

  test('of our own writer gives the same message', () => {
    const message = video({ timestamp: 0x1234567, payload: Buffer.alloc(1000, 7) })
    expect(readAll(new ChunkReader(LIMITS), [writeMessage(message, 128)])).toEqual([message])
  })
})

describe('timestamps', () => {
  test('type 3 chunks that leave the extended timestamp out are understood, in any splits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0x1000000, max: 0xfffffff }), fc.integer({ min: 1, max: 700 }), fc.integer({ min: 1, max: 50 }), (timestamp, length, size) => {
        const messages = [video({ timestamp, payload: Buffer.alloc(length, 0x55) }), video({ timestamp: timestamp + 1, payload: Buffer.alloc(length, 0x56) })]
        const writer = new TestChunkWriter({ chunkBytes: 128, repeatExtended: false })
        const bytes = Buffer.concat(messages.map((message) => writer.whole(message)))
        expect(readAll(new ChunkReader(LIMITS), splitBytes(bytes, [size]))).toEqual(messages)
      }),
    )
  })

  test('a type 3 chunk that starts a message adds the last delta again', () => {
    const writer = new TestChunkWriter({ chunkBytes: 4096 })
    const messages = [40, 80, 120, 160].map((timestamp) => video({ timestamp }))
    const parts = [writer.whole(messages[0] as RtmpMessage, 0), ...messages.slice(1).map((message) => writer.whole(message, 3))]
    expect(parts.slice(1).map((part) => (part[0] as number) >> 6)).toEqual([3, 3, 3])
    const reader = new ChunkReader(LIMITS)
    reader.chunkBytes = 4096
    expect(readAll(reader, parts).map((message) => message.timestamp)).toEqual([40, 80, 120, 160])
  })

  test('deltas wrap around 2^32', () => {
    const writer = new TestChunkWriter({ chunkBytes: 4096 })
    const reader = new ChunkReader(LIMITS)
    reader.chunkBytes = 4096
    const got = readAll(reader, [writer.whole(video({ timestamp: 0xfffffff0 })), writer.whole(video({ timestamp: 16 }), 2)])
    expect(got.map((message) => message.timestamp)).toEqual([0xfffffff0, 16])
  })
})

describe('control', () => {
  test('abort forgets the unfinished message and its memory', () => {
    const writer = new TestChunkWriter({ chunkBytes: 128 })
    const reader = new ChunkReader(LIMITS)
    expect(readAll(reader, [writer.start(video(), 0)])).toEqual([])
    expect(reader.bufferedBytes).toBeGreaterThan(0)
    reader.abort(6)
    expect(reader.bufferedBytes).toBe(0)
    expect(readAll(reader, [new TestChunkWriter({ chunkBytes: 128 }).whole(video({ timestamp: 5 }))])).toEqual([video({ timestamp: 5 })])
  })

  test('a new chunk size holds from the next chunk on', () => {
    const reader = new ChunkReader(LIMITS)
    const small = new TestChunkWriter({ chunkBytes: 128 })
    const first = readAll(reader, [small.whole(video())])
    reader.chunkBytes = 1000
    const second = readAll(reader, [new TestChunkWriter({ chunkBytes: 1000 }).whole(video({ payload: Buffer.alloc(2500, 1) }))])
    expect([first.length, second[0]?.payload.length]).toEqual([1, 2500])
  })

  test('the reader stops between two messages and goes on later', () => {
    const reader = new ChunkReader(LIMITS)
    reader.push(Buffer.concat([writeMessage(video({ timestamp: 1 }), 128), writeMessage(video({ timestamp: 2 }), 128)]))
    expect(reader.next()?.timestamp).toBe(1)
    reader.push(writeMessage(video({ timestamp: 3 }), 128))
    expect([reader.next()?.timestamp, reader.next()?.timestamp, reader.next()]).toEqual([2, 3, undefined])
  })
})

describe('bounds', () => {
  const refuse = (reader: ChunkReader, bytes: Buffer, message: RegExp) => {
    expect(() => readAll(reader, [bytes])).toThrow(RtmpProtocolError)
    expect(() => readAll(new ChunkReader(LIMITS), [bytes])).toThrow(message)
  }
  const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex')

  test.each([
    ['a message above the limit', '06 000000 ffffff 09 01000000', /exceeds the limit/],
    ['a type 2 header first', '86 000000', /without its message header/],
    ['a type 3 header first', 'c6', /without its message header/],
    ['a new header inside a message', `06 000000 000200 09 01000000 ${'00'.repeat(128)} 06 000000 000200 09 01000000`, /before the last one/],
  ])('refuse %s', (_name, bytes, message) => refuse(new ChunkReader(LIMITS), hex(bytes), message))

  test('refuse more chunk streams than allowed', () => {
    const parts = Array.from({ length: 9 }, (_, index) => new TestChunkWriter({ chunkBytes: 128 }).whole(video({ chunkStreamId: 10 + index })))
    refuse(new ChunkReader(LIMITS), Buffer.concat(parts), /more than 8 chunk streams/)
  })

  test.each([0, 65_537, 0xffffffff])('refuse chunk size %i', (bytes) => {
    expect(() => {
      new ChunkReader(LIMITS).chunkBytes = bytes
    }).toThrow(RtmpProtocolError)
  })

  test('a message announced large costs only what arrived of it', () => {
    const reader = new ChunkReader(DEFAULT_RTMP_LIMITS)
    const streams = Array.from({ length: 60 }, (_, index) => new TestChunkWriter({ chunkBytes: 128 }).start(video({ chunkStreamId: 3 + index, payload: Buffer.alloc(8 << 20) }), 0))
    readAll(reader, streams)
    expect(reader.bufferedBytes).toBeLessThanOrEqual(60 * 4096)
  })

  test('unfinished messages of all chunk streams together stay under the bound, even in 1-byte chunks', () => {
    const reader = new ChunkReader(LIMITS)
    reader.chunkBytes = 60_000
    const writer = new TestChunkWriter({ chunkBytes: 60_000 })
    const ids = [3, 4, 5, 6]
    let peak = 0
    const flood = () => {
      readAll(reader, ids.map((id) => writer.start(video({ chunkStreamId: id, payload: Buffer.alloc(1 << 20) }), 0)))
      for (let round = 0; round < 20; round += 1) {
        readAll(reader, ids.map((id) => writer.more(id) as Buffer))
        peak = Math.max(peak, reader.bufferedBytes)
      }
    }
    expect(flood).toThrow(/unfinished messages exceed/)
    expect(peak).toBeLessThanOrEqual(LIMITS.maxAssemblingBytes)
  })
})
