// RTP in as mediasoup sends it, HLS and FLV out.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { PackagingTargets } from '../../server/contract/bridgeApi.ts'
import { eventually } from '../support/eventually.ts'
import { joinSegment, probeFrames, probeStreams, readPlaylist } from '../support/probeMedia.ts'
import { BROADCAST, openStage } from '../support/testBroadcast.ts'
import type { TestStage } from '../support/testBroadcast.ts'

let stage: TestStage | undefined
const senders: ChildProcess[] = []
afterEach(async () => {
  for (const sender of senders.splice(0)) sender.kill('SIGKILL')
  await stage?.close()
  stage = undefined
})

const ID = 'browser-show-1'
const tracks = (codec: 'h264' | 'vp8') => ({
  video: { codec, payloadType: 102, clockRate: 90_000, ssrc: 1111, fmtp: codec === 'h264' ? 'packetization-mode=1;profile-level-id=42e01f' : '' },
  audio: { codec: 'opus', payloadType: 100, clockRate: 48_000, channels: 2, ssrc: 2222, fmtp: 'useinbandfec=1' },
})

async function startPackaging(opened: TestStage, codec: 'h264' | 'vp8'): Promise<PackagingTargets> {
  const response = await opened.bridge.call('POST', '/packagings', { broadcastId: ID, channel: 'test', record: true, ...tracks(codec) })
  expect(response.status).toBe(200)
  return (await response.json()) as PackagingTargets
}

/** Sends a test picture and tone by RTP as a worker would. */
function send({ ip, video, audio }: PackagingTargets, codec: 'h264' | 'vp8', { size = '320x180', withAudio = true } = {}): ChildProcess {
  const encoder = codec === 'h264' ? ['-c:v', 'libx264', '-profile:v', 'baseline', '-preset', 'ultrafast', '-tune', 'zerolatency'] : ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8']
  const picture = ['-map', '0:v', ...encoder, '-b:v', '400k', '-g', '60', '-payload_type', '102', '-ssrc', '1111', '-f', 'rtp', `rtp://${ip}:${video?.rtpPort}?rtcpport=${video?.rtcpPort}&pkt_size=1200`]
  const sound = ['-map', '1:a', '-c:a', 'libopus', '-b:a', '96k', '-ac', '2', '-payload_type', '100', '-ssrc', '2222', '-f', 'rtp', `rtp://${ip}:${audio?.rtpPort}?rtcpport=${audio?.rtcpPort}`]
  const inputs = ['-re', '-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=30`, '-re', '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000']
  const child = spawn('ffmpeg', ['-hide_banner', '-nostdin', '-loglevel', 'error', ...inputs, '-t', '60', ...picture, ...(withAudio ? sound : [])], { stdio: 'ignore' })
  senders.push(child)
  return child
}

test.each(['h264', 'vp8'] as const)('%s and Opus become HLS with H.264 and AAC that plays, sound and picture together', async (codec) => {
  const opened = (stage = await openStage())
  send(await startPackaging(opened, codec), codec)
  const live = join(opened.mediaDir, 'live', ID)
  await eventually('three segments', async () => (await readPlaylist(join(live, 'media.m3u8'))).segments.length >= 3, 30_000)
  const { segments } = await readPlaylist(join(live, 'media.m3u8'))
  expect(segments.every(({ discontinuity }) => !discontinuity)).toBe(true)
  for (const segment of segments.slice(0, 3)) {
    const file = await joinSegment(live, segment)
    const { streams } = await probeStreams(file)
    expect(streams.map(({ codec_name }) => codec_name).sort()).toEqual(['aac', 'h264'])
    const frames = await probeFrames(file)
    const first = (type: string) => Number(frames.find(({ media_type }) => media_type === type)?.pts_time)
    expect(Math.abs(first('video') - first('audio'))).toBeLessThan(0.3)
    expect(frames.filter(({ media_type }) => media_type === 'video').length).toBeGreaterThan(50)
    expect(segment.duration).toBeGreaterThan(1.8)
    expect(segment.duration).toBeLessThan(2.4)
  }
  expect(opened.server.beats.at(-1)).toMatchObject({ packagings: [ID], flv: [{ broadcastId: ID, viewers: 0 }] })
  expect((await opened.bridge.call('DELETE', `/packagings/${ID}`)).status).toBe(204)
  await eventually('no ffmpeg is left', () => opened.bridge.ffmpegs().length === 0, 8_000)
}, 60_000)

test('a changed picture size, a muted microphone and a restarted source do not end it', async () => {
  const opened = (stage = await openStage())
  const targets = await startPackaging(opened, 'h264')
  const first = send(targets, 'h264')
  const media = join(opened.mediaDir, 'live', ID, 'media.m3u8')
  await eventually('a segment', async () => (await readPlaylist(media)).segments.length >= 1, 20_000)
  first.kill('SIGKILL')
  send(targets, 'h264', { size: '640x360', withAudio: false })
  await eventually('the larger picture is listed', async () => (await readPlaylist(media)).segments.some(({ uri }) => !uri.startsWith('run-1/')), 20_000)
  const segment = (await readPlaylist(media)).segments.find(({ uri }) => !uri.startsWith('run-1/'))
  expect(segment?.discontinuity).toBe(true)
  const { streams } = await probeStreams(await joinSegment(join(opened.mediaDir, 'live', ID), segment ?? { init: '', uri: '', duration: 0, discontinuity: false }))
  expect(streams.find(({ codec_type }) => codec_type === 'video')).toMatchObject({ width: 640, height: 360 })
}, 60_000)

test('a bridge whose INTERNAL_HOST is a name, as containers have, tells workers that name and takes their packets there', async () => {
  const opened = (stage = await openStage({ env: { INTERNAL_HOST: 'localhost' } }))
  const targets = await startPackaging(opened, 'h264')
  expect(targets.ip).toBe('localhost')
  send({ ...targets, ip: '127.0.0.1' }, 'h264')
  await eventually('a segment', async () => (await readPlaylist(join(opened.mediaDir, 'live', ID, 'media.m3u8'))).segments.length >= 1, 20_000)
  expect(opened.server.beats.at(-1)?.url).toMatch(/^http:\/\/localhost:\d+$/)
}, 60_000)

test('a second request replaces the first; a packaging the server does not know is stopped', async () => {
  const opened = (stage = await openStage())
  send(await startPackaging(opened, 'h264'), 'h264')
  const media = join(opened.mediaDir, 'live', ID, 'media.m3u8')
  await eventually('a segment', async () => (await readPlaylist(media)).segments.length >= 1, 20_000)
  send(await startPackaging(opened, 'h264'), 'h264')
  await eventually('the next run', async () => (await readPlaylist(media)).segments.some(({ discontinuity }) => discontinuity), 20_000)
  opened.server.knowPackagings([])
  await eventually('it is stopped', () => opened.bridge.ffmpegs().length === 0, 8_000)
}, 60_000)

test('a broadcast that RTMP has taken over has one source: its packaging is stopped, and a late request for one is refused', async () => {
  const opened = (stage = await openStage())
  const request = { broadcastId: BROADCAST, channel: 'test', record: false, ...tracks('h264') }
  send((await (await opened.bridge.call('POST', '/packagings', request)).json()) as PackagingTargets, 'h264', { size: '640x360' })
  const live = join(opened.mediaDir, 'live', BROADCAST)
  const listed = async () => (await readPlaylist(join(live, 'media.m3u8'))).segments
  await eventually('a segment of the worker', async () => (await listed()).length >= 1, 20_000)
  opened.push()
  await eventually('RTMP feeds it and the worker no more', () => opened.server.beats.at(-1)?.publishes.length === 1 && opened.server.beats.at(-1)?.packagings.length === 0)
  const late = await opened.bridge.call('POST', '/packagings', request)
  expect([late.status, await late.json()]).toEqual([400, { error: { code: 'bad-request', message: 'an RTMP connection feeds this broadcast here' } }])
  await eventually('two segments of RTMP', async () => (await listed()).filter(({ uri }) => !uri.startsWith('run-1/')).length >= 2, 20_000)
  const segments = (await listed()).filter(({ uri }) => !uri.startsWith('run-1/'))
  expect(new Set(segments.map(({ init }) => init)).size).toBe(1)
  for (const segment of segments) {
    const { streams } = await probeStreams(await joinSegment(live, segment))
    expect(streams.find(({ codec_type }) => codec_type === 'video')).toMatchObject({ width: 320, height: 180 })
  }
}, 60_000)
