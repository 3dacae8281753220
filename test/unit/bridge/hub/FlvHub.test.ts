import { Writable } from 'node:stream'
import { expect, test, vi } from 'vitest'
import { FlvReader } from '../../../../bridge/flv/FlvReader.ts'
import type { FlvTag } from '../../../../bridge/flv/FlvTag.ts'
import { FlvFormat } from '../../../../bridge/hub/FlvFormat.ts'
import { FlvHub } from '../../../../bridge/hub/FlvHub.ts'
import { GopCache } from '../../../../bridge/hub/GopCache.ts'
import { classifyTag } from '../../../../bridge/hub/HubTag.ts'
import { startingFrames, TagWriter } from '../../../../bridge/hub/TagWriter.ts'
import { Timeline } from '../../../../bridge/hub/Timeline.ts'
import { toClassicTag } from '../../../../bridge/hub/toClassicTag.ts'

const header = (byte = 1): FlvTag => ({ type: 'video', timestamp: 0, data: Buffer.from([0x17, 0, 0, 0, 0, byte]) })
const keyframe = (timestamp: number, bytes = 10): FlvTag => ({ type: 'video', timestamp, data: Buffer.concat([Buffer.from([0x17, 1, 0, 0, 0]), Buffer.alloc(bytes, 1)]) })
const inter = (timestamp: number, bytes = 10): FlvTag => ({ type: 'video', timestamp, data: Buffer.concat([Buffer.from([0x27, 1, 0, 0, 0]), Buffer.alloc(bytes, 2)]) })
const hubTag = (tag: FlvTag) => {
  const sorted = classifyTag(tag)
  if (!sorted) throw new Error('no media')
  return sorted
}

test('a broadcast’s clock starts at 0, goes on over reconnects, and never runs backwards within a track', () => {
  const timeline = new Timeline()
  expect([timeline.map('video', 5_000), timeline.map('audio', 4_990), timeline.map('video', 5_040)]).toEqual([0, 0, 40])
  timeline.seam()
  expect(timeline.map('video', 0)).toBe(80)
  expect(timeline.map('video', 60_000)).toBe(120)
  expect(timeline.map('video', 59_990)).toBe(120)
  expect(timeline.map('video', 1_000)).toBe(160)
})

test('the GOP cache begins at a keyframe and gives up a GOP that outgrows its bounds', () => {
  const cache = new GopCache({ maxBytes: 1_000, maxTags: 5 })
  cache.add(hubTag(inter(0)))
  expect(cache.tags).toHaveLength(0)
  for (const tag of [keyframe(0), inter(40), inter(80)]) cache.add(hubTag(tag))
  expect(cache.tags).toHaveLength(3)
  for (const tag of [inter(1), inter(2), inter(3)]) cache.add(hubTag(tag))
  expect(cache.tags).toHaveLength(0)
  cache.add(hubTag(inter(120)))
  expect(cache.tags).toHaveLength(0)
  cache.add(hubTag(keyframe(160, 2_000)))
  expect(cache.bytes).toBe(0)
})

test('subscribers hear of new and changed configurations before the tags they concern', () => {
  const hub = new FlvHub()
  const heard: string[] = []
  hub.subscribe({ onTag: ({ role }) => heard.push(role), onConfig: (_config, change) => heard.push(change) })
  for (const tag of [header(), header(), keyframe(0), header(2), keyframe(40)]) hub.publish(tag)
  expect(heard).toEqual(['added', 'video-header', 'video-header', 'keyframe', 'changed', 'video-header', 'keyframe'])
  expect(hub.cached).toHaveLength(1)
})

test('H.264 and AAC in enhanced headers come out in classic ones', () => {
  const video = toClassicTag({ type: 'video', timestamp: 3, data: Buffer.concat([Buffer.from([0x91]), Buffer.from('avc1'), Buffer.from([0, 0, 40, 9])]) })
  expect([...video.data]).toEqual([0x17, 1, 0, 0, 40, 9])
  const audio = toClassicTag({ type: 'audio', timestamp: 3, data: Buffer.concat([Buffer.from([0x90]), Buffer.from('mp4a'), Buffer.from([18, 16])]) })
  expect([...audio.data]).toEqual([0xaf, 0, 18, 16])
})

function slowSink(): { sink: Writable; release: () => void; tags: FlvTag[] } {
  const tags: FlvTag[] = []
  const reader = new FlvReader({ maxTagBytes: 1 << 20, onTag: (tag) => tags.push(tag) })
  let held: (() => void) | undefined
  let open = false
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      reader.push(chunk)
      if (open) done()
      else held = done
    },
  })
  return { sink, tags, release: () => ((open = true), held?.()) }
}

test('a reader that does not read loses frames instead of growing memory, and goes on with a keyframe', async () => {
  const hub = new FlvHub()
  hub.publish(header())
  hub.publish(keyframe(0))
  const { sink, release, tags } = slowSink()
  const writer = new TagWriter({ hub, sink, format: new FlvFormat(), maxBufferedBytes: 10_000, cached: 'all' })
  for (let index = 1; index <= 1_000; index += 1) hub.publish(index % 50 === 0 ? keyframe(index * 40, 900) : inter(index * 40, 900))
  expect(sink.writableLength).toBeLessThan(12_000)
  expect(writer.skipped).toBeGreaterThan(900)
  release()
  await vi.waitFor(() => expect(sink.writableLength).toBe(0))
  const before = tags.length
  hub.publish(inter(41_000))
  hub.publish(keyframe(41_040))
  hub.publish(inter(41_080))
  expect(tags.slice(before).map(({ data }) => data[0])).toEqual([0x17, 0x27])
  expect(tags.find(({ data }) => data[1] === 1)?.timestamp).toBe(0)
})

test('a live reader gets an old GOP squeezed into its last instant; one with B-frames waits for the next keyframe', () => {
  const old = [keyframe(0), ...Array.from({ length: 50 }, (_none, index) => inter((index + 1) * 40))].map(hubTag)
  const times = startingFrames(old, 'live').map(([, timestamp]) => timestamp)
  expect([times[0], times.at(-1), times.length]).toEqual([1_950, 2_000, 51])
  expect(startingFrames(old, 'all')[0]?.[1]).toBe(0)
  const reordered = [...old, hubTag({ ...inter(2_040), data: Buffer.from([0x27, 1, 0, 0, 80, 1]) })]
  expect(startingFrames(reordered, 'live')).toEqual([])
})
