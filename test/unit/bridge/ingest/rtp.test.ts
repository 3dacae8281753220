import fc from 'fast-check'
import { expect, test } from 'vitest'
import { H264Depacketizer } from '../../../../bridge/ingest/H264Depacketizer.ts'
import type { AccessUnit } from '../../../../bridge/ingest/H264Depacketizer.ts'
import { H264Tags } from '../../../../bridge/ingest/H264Tags.ts'
import { ReorderBuffer } from '../../../../bridge/ingest/ReorderBuffer.ts'
import { RtpClock } from '../../../../bridge/ingest/RtpClock.ts'
import { parseRtpPacket } from '../../../../bridge/ingest/rtpPacket.ts'
import type { RtpPacket } from '../../../../bridge/ingest/rtpPacket.ts'
import { Vp8Depacketizer } from '../../../../bridge/ingest/Vp8Depacketizer.ts'

const packet = (sequence: number, payload = Buffer.from([1, 2]), timestamp = 0, marker = false): RtpPacket => ({ payloadType: 100, marker, sequence: sequence & 0xffff, timestamp, ssrc: 1, payload })

test('no bytes at all can make the parsers throw', () => {
  const h264 = new H264Depacketizer(() => undefined)
  const vp8 = new Vp8Depacketizer(() => undefined)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.boolean(), (bytes, lost) => {
      const parsed = parseRtpPacket(Buffer.from(bytes))
      h264.push(parsed ?? packet(1, Buffer.from(bytes)), lost)
      vp8.push(parsed ?? packet(1, Buffer.from(bytes)), lost)
    }),
    { numRuns: 5_000 },
  )
})

test('header extensions, contributing sources and padding are left out of the payload; RTCP is refused', () => {
  const bytes = Buffer.from([0xb1, 0x80 | 100, 0, 7, 0, 0, 0, 9, 0, 0, 0, 5, 1, 1, 1, 1, 0xbe, 0xde, 0, 1, 9, 9, 9, 9, 42, 43, 0, 2])
  expect(parseRtpPacket(bytes)).toEqual({ payloadType: 100, marker: true, sequence: 7, timestamp: 9, ssrc: 5, payload: Buffer.from([42, 43]) })
  expect(parseRtpPacket(Buffer.from([0x80, 200, 0, 6, 0, 0, 0, 1, 0, 0, 0, 0]))).toBeUndefined()
})

test('packets come out in order, doubles once, and a gap is given up after a while', () => {
  let now = 0
  const out: [number, boolean][] = []
  const buffer = new ReorderBuffer({ now: () => now, onPacket: ({ sequence }, lost) => out.push([sequence, lost]) })
  for (const sequence of [65_534, 0, 65_535, 65_535, 1, 3, 4]) buffer.push(packet(sequence))
  expect(out).toEqual([[65_534, false], [65_535, false], [0, false], [1, false]])
  now = 250
  buffer.check()
  expect(out.slice(4)).toEqual([[3, true], [4, false]])
  for (let index = 0; index < 60; index += 1) buffer.push(packet(65_000 + index))
  expect(out.at(-1)?.[0]).toBe(65_059)
})

test('fragmented and aggregated H.264 becomes whole pictures; after a loss none until the next keyframe', () => {
  const units: AccessUnit[] = []
  const depacketizer = new H264Depacketizer((unit) => units.push(unit))
  const stap = Buffer.from([24, 0, 4, 0x67, 66, 0, 30, 0, 2, 0x68, 9])
  depacketizer.push(packet(1, stap, 10), false)
  depacketizer.push(packet(2, Buffer.from([0x7c, 0x85, 1, 2]), 10), false)
  depacketizer.push(packet(3, Buffer.from([0x7c, 0x45, 3]), 10, true), false)
  depacketizer.push(packet(5, Buffer.from([0x41, 9]), 20, true), true)
  depacketizer.push(packet(6, Buffer.from([0x41, 8]), 30, true), false)
  depacketizer.push(packet(7, Buffer.from([0x65, 7]), 40, true), false)
  expect(units.map(({ timestamp, keyframe, nals }) => [timestamp, keyframe, nals.map((nal) => [...nal])])).toEqual([[10, true, [[0x65, 1, 2, 3]]], [40, true, [[0x65, 7]]]])

  const tags = new H264Tags()
  const [header, picture] = tags.convert(units[0] as AccessUnit, 5)
  expect([...(header?.data ?? [])]).toEqual([0x17, 0, 0, 0, 0, 1, 66, 0, 30, 0xff, 0xe1, 0, 4, 0x67, 66, 0, 30, 1, 0, 2, 0x68, 9])
  expect([...(picture?.data ?? [])]).toEqual([0x17, 1, 0, 0, 0, 0, 0, 0, 4, 0x65, 1, 2, 3])
  expect(tags.convert(units[1] as AccessUnit, 45)).toHaveLength(1)
})

test('a stall does not bend the clock, a new timeline moves it, a lasting shift is corrected', () => {
  const clock = new RtpClock(90_000)
  expect(clock.map(0xffff_fff0, 1_000)).toBe(1_000)
  expect(clock.map(9_000 - 16, 2_500)).toBe(1_100)
  expect(clock.map(9_000_000, 2_600)).toBe(2_600)
  let mapped = 0
  for (let step = 1; step <= 120; step += 1) mapped = clock.map(9_000_000 + step * 9_000, 2_600 + step * 100 + 1_000)
  expect(Math.abs(mapped - (2_600 + 12_000 + 1_000))).toBeLessThan(50)
})
