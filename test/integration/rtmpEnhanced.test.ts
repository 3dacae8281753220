// Pictures of the codecs that only enhanced RTMP carries arrive byte for byte and are recognised.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { describeVideo } from '../../bridge/flv/describeTag.ts'
import type { VideoCodec } from '../../bridge/flv/describeTag.ts'
import { encodeTags } from '../support/encodeTags.ts'
import type { EnhancedCodec } from '../support/encodeTags.ts'
import { RtmpClient } from '../support/RtmpClient.ts'
import { startRtmpTestServer } from '../support/rtmpTestServer.ts'
import type { RtmpTestServer } from '../support/rtmpTestServer.ts'

let server: RtmpTestServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

describe.each<[EnhancedCodec, VideoCodec]>([
  ['hvc1', 'hevc'],
  ['av01', 'av1'],
  ['vp09', 'vp9'],
  ['avc1', 'h264'],
])('%s', (codec, name) => {
  test('is published, recognised and kept whole', async () => {
    const started = await startRtmpTestServer()
    server = started
    const tags = await encodeTags({ codec, frames: 12, gopFrames: 5 })
    const client = await RtmpClient.publish({ port: started.port, handshake: 'digest-1', key: 'k' })
    client.setChunkBytes(4096)
    for (const tag of tags) client.sendTag(tag)
    await vi.waitFor(() => expect(started.publishes[0]?.tags.length).toBe(tags.length))
    client.destroy()
    const got = started.publishes[0]?.tags ?? []
    expect(got).toEqual(tags)
    const seen = got.map((tag) => describeVideo(tag.data))
    expect(new Set(seen.map((one) => one?.codec))).toEqual(new Set([name]))
    const picture = (index: number) => (index % 5 === 0 ? 'keyframe' : 'inter')
    expect(seen.map((one) => one?.kind)).toEqual(['sequence', ...Array.from({ length: 12 }, (_, index) => picture(index))])
  })
})
