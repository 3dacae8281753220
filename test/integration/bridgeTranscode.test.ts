// The relay alone, fed tag by tag: codecs that FLV in ffmpeg does not know, and how soon the first packet leaves.
import { afterEach, expect, test } from 'vitest'
import { warmUpFfmpeg } from '../../bridge/ffmpeg/FfmpegProcess.ts'
import type { FlvTag } from '../../bridge/flv/FlvTag.ts'
import { FlvHub } from '../../bridge/hub/FlvHub.ts'
import { sourceFacts } from '../../bridge/hub/videoFacts.ts'
import { H264Depacketizer } from '../../bridge/ingest/H264Depacketizer.ts'
import { Relay } from '../../bridge/relay/Relay.ts'
import type { BridgeNotice } from '../../server/contract/bridgeApi.ts'
import type { PublishId } from '../../server/contract/ids.ts'
import { encodeTags } from '../support/encodeTags.ts'
import type { EnhancedCodec } from '../support/encodeTags.ts'
import { eventually } from '../support/eventually.ts'
import { listenRtp } from '../support/rtpListener.ts'
import type { RtpListener } from '../support/rtpListener.ts'

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function relayOf(tags: readonly FlvTag[]): Promise<{ video: RtpListener; notices: BridgeNotice[]; firstTagAt: number }> {
  await warmUpFfmpeg()
  const video = await listenRtp(102, 77)
  const hub = new FlvHub()
  const notices: BridgeNotice[] = []
  const relay = new Relay({
    hub,
    log,
    facts: () => sourceFacts(hub.config, { width: 320, height: 180 }),
    announced: () => ({ video: true, audio: false }),
    media: async () => ({ video: video.target, audio: null }),
    notice: (notice) => void notices.push(notice),
  })
  relay.begin('publish-1234' as PublishId)
  const startedAt = performance.now()
  const left = [...tags]
  const timer = setInterval(() => {
    for (let tag = left[0]; tag && tag.timestamp <= performance.now() - startedAt; tag = left[0]) {
      left.shift()
      hub.publish(tag)
    }
  }, 5)
  closing.push(() => clearInterval(timer), () => relay.close(), () => video.close())
  return { video, notices, firstTagAt: startedAt }
}

function decodable({ packets }: RtpListener): number {
  let units = 0
  const depacketizer = new H264Depacketizer(({ nals }) => (units += nals.length > 0 ? 1 : 0))
  for (const packet of packets) depacketizer.push(packet, false)
  return units
}

test.each([['hvc1', 'hevc'], ['av01', 'av1'], ['vp09', 'vp9']] as const)('%s by enhanced RTMP is transcoded to H.264 within a second', async (codec: EnhancedCodec, reason) => {
  const { video, notices, firstTagAt } = await relayOf(await encodeTags({ codec, frames: 125 }))
  await eventually('three seconds of pictures came', () => decodable(video) > 75, 15_000)
  expect(notices).toEqual([{ code: 'transcoding', detail: reason }])
  expect((video.packets[0]?.at ?? Infinity) - firstTagAt).toBeLessThan(1_000)
  const times = [...new Set(video.packets.map(({ timestamp }) => timestamp))]
  const steps = times.slice(1).map((time, index) => ((time - (times[index] ?? 0)) >>> 0) / 90)
  expect(Math.min(...steps)).toBeGreaterThan(35)
  expect(Math.max(...steps)).toBeLessThan(45)
}, 60_000)

test('H.264 in enhanced headers is copied, and nothing but a busy machine keeps its first packet longer than 300 ms', async () => {
  const tags = await encodeTags({ codec: 'avc1', frames: 50 })
  const delays: number[] = []
  while (delays.length < 4 && !delays.some((delay) => delay < 300)) {
    const { video, notices, firstTagAt } = await relayOf(tags)
    await eventually('pictures came', () => decodable(video) > 25, 15_000)
    expect(notices).toEqual([])
    delays.push((video.packets[0]?.at ?? Infinity) - firstTagAt)
  }
  expect(Math.min(...delays)).toBeLessThan(300)
}, 60_000)
