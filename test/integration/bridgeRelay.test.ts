// RTMP in, RTP out: what the SFU really gets from the bridge.
import { afterEach, expect, test } from 'vitest'
import { H264Depacketizer } from '../../bridge/ingest/H264Depacketizer.ts'
import { isRunning } from '../support/startBridge.ts'
import { eventually } from '../support/eventually.ts'
import type { RtpListener } from '../support/rtpListener.ts'
import { openStage } from '../support/testBroadcast.ts'
import type { TestStage } from '../support/testBroadcast.ts'

let stage: TestStage | undefined
afterEach(async () => {
  await stage?.close()
  stage = undefined
})

/** The access units a receiver would decode. */
function accessUnits(listener: RtpListener) {
  const units: { timestamp: number; keyframe: boolean; sps: boolean; pps: boolean }[] = []
  const depacketizer = new H264Depacketizer(({ timestamp, keyframe, sps, pps }) => units.push({ timestamp, keyframe, sps: sps !== undefined, pps: pps !== undefined }))
  for (const packet of listener.packets) depacketizer.push(packet, false)
  return units
}

const keyframes = (listener: RtpListener) => accessUnits(listener).filter(({ keyframe }) => keyframe)

test('a plain H.264 push is copied: parameter sets before every keyframe, small packets, Opus beside it', async () => {
  stage = await openStage()
  const { video, audio, server } = stage
  stage.push()
  await eventually('three keyframes came', () => keyframes(video).length >= 3)

  expect(server.media).toEqual([expect.objectContaining({ video: { width: 320, height: 180, transcodeReason: null }, audio: { channels: 2 } })])
  for (const unit of keyframes(video)) expect(unit).toMatchObject({ sps: true, pps: true })
  expect(Math.max(...video.packets.map(({ bytes }) => bytes))).toBeLessThanOrEqual(1200)
  expect(new Set(video.packets.map(({ ssrc, payloadType }) => `${ssrc} ${payloadType}`))).toEqual(new Set([`${0xf1000001} 102`]))
  expect(audio.packets.length).toBeGreaterThan(50)
  expect(video.rtcp.length).toBeGreaterThan(0)
  expect(stage.bridge.ffmpegs('-c:v copy', 'rtp://')).toHaveLength(1)
})

test('a push with B-frames is transcoded: pictures come in order, and the host is told why', async () => {
  stage = await openStage()
  const { video, server } = stage
  stage.push({ video: 'bframes' })
  await eventually('three seconds came', () => accessUnits(video).length > 90, 20_000)

  expect(server.media[0]?.video?.transcodeReason).toBe('b-frames')
  expect(server.notices).toEqual([expect.objectContaining({ code: 'transcoding', detail: 'b-frames' })])
  const times = accessUnits(video).map(({ timestamp }) => timestamp)
  const steps = times.slice(1).map((time, index) => (time - (times[index] ?? 0)) | 0)
  expect(steps.every((step) => step > 0)).toBe(true)
}, 40_000)

test('a push without sound and a push without picture are relayed with what they have', async () => {
  stage = await openStage()
  const { video, audio, server } = stage
  const silent = stage.push({ audio: false })
  await eventually('pictures came', () => video.packets.length > 20)
  expect(server.media[0]).toMatchObject({ audio: null })
  await silent.kill()
  stage.push({ video: 'none' })
  await eventually('sound came', () => audio.packets.length > 20)
  expect(server.media.at(-1)).toMatchObject({ video: null, audio: { channels: 2 } })
})

test('a killed relay is started again with fresh targets, and packaging never notices', async () => {
  stage = await openStage()
  const { video, server, bridge } = stage
  stage.push()
  await eventually('a picture', () => keyframes(video).length > 0)
  const [packager] = bridge.ffmpegs('-f hls')
  const [relay = 0] = bridge.ffmpegs('rtp://')
  process.kill(relay, 'SIGKILL')
  video.clear()
  await eventually('the picture is back', () => keyframes(video).length > 0, 5_000)
  expect(server.media).toHaveLength(2)
  expect(bridge.ffmpegs('-f hls')).toEqual([packager])
  const metrics = await (await fetch(`${bridge.url}/metrics`)).text()
  expect(metrics).toContain('footlight_bridge_ffmpeg_restarts_total{role="relay"} 1')
})

test('a relay that stands still is noticed, ended and replaced', async () => {
  stage = await openStage()
  const { video, server, bridge } = stage
  stage.push()
  await eventually('a picture', () => keyframes(video).length > 0)
  const [relay = 0] = bridge.ffmpegs('rtp://')
  process.kill(relay, 'SIGSTOP')
  await eventually('another one sends', () => server.media.length === 2 && bridge.ffmpegs('rtp://').some((pid) => pid !== relay), 20_000)
  video.clear()
  await eventually('the picture is back', () => keyframes(video).length > 0)
  expect(isRunning(relay)).toBe(false)
}, 60_000)

test('a server that forgot the publish is asked again with the key; the connection and the packaging go on', async () => {
  stage = await openStage()
  const { video, bridge } = stage
  stage.push()
  await eventually('a picture', () => keyframes(video).length > 0 && (stage?.bridge.ffmpegs('-f hls').length ?? 0) > 0)
  const [packager] = bridge.ffmpegs('-f hls')
  const server = await stage.restartServer(2_000)
  video.clear()
  const back = performance.now()
  await eventually('the picture is back', () => keyframes(video).length > 0 && server.media.length > 0, 5_000)
  expect(performance.now() - back).toBeLessThan(3_000)
  expect(server.publishes).toEqual([expect.objectContaining({ resumes: 'broadcast-1' })])
  expect(bridge.ffmpegs('-f hls')).toEqual([packager])
})

test('the server can end a publish, and a goodbye is told from a loss', async () => {
  stage = await openStage()
  const { server, bridge } = stage
  const push = stage.push()
  await eventually('media', () => server.media.length > 0)
  expect((await bridge.call('DELETE', `/publishes/${server.publishes[0]?.publishId}`, { reason: 'replaced' })).status).toBe(204)
  await push.exited
  await eventually('its end is told', () => server.ended.length === 1)
  expect(server.ended[0]).toMatchObject({ finished: false, reason: 'replaced' })
  const second = stage.push()
  await eventually('media', () => server.media.length > 1)
  await second.stop()
  await eventually('its end is told', () => server.ended.length === 2)
  expect(server.ended[1]).toMatchObject({ finished: true })
})

test('when the bridge is killed, every ffmpeg dies with it; SIGTERM leaves within 15 s and leaves none', async () => {
  stage = await openStage()
  stage.push()
  await eventually('both ffmpegs run', () => stage?.bridge.ffmpegs('rtp://').length === 1 && stage.bridge.ffmpegs('-f hls').length === 1)
  const first = stage.bridge.ffmpegs()
  await stage.crashBridge()
  await eventually('none is left', () => first.every((pid) => !isRunning(pid)), 2_000)

  stage.push()
  await eventually('both ffmpegs run', () => stage?.bridge.ffmpegs('rtp://').length === 1 && stage.bridge.ffmpegs('-f hls').length === 1)
  const second = stage.bridge.ffmpegs()
  const startedAt = performance.now()
  expect(await stage.bridge.end('SIGTERM')).toBe(0)
  expect(performance.now() - startedAt).toBeLessThan(15_000)
  expect(second.filter(isRunning)).toEqual([])
})
