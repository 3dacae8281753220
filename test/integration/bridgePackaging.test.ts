// RTMP in, HLS, recording and snapshots out: what lies on disk, also after crashes and on disks that refuse.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rmdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { joinSegment, probeFrames, probeStreams, readPlaylist } from '../support/probeMedia.ts'
import { temporaryFolder } from '../support/startBridge.ts'
import { BROADCAST, openStage } from '../support/testBroadcast.ts'
import type { StageOptions, TestStage } from '../support/testBroadcast.ts'

let stage: TestStage | undefined
afterEach(async () => {
  await stage?.close()
  stage = undefined
})

async function open(options: StageOptions = {}): Promise<{ opened: TestStage; live: string; media: string; recording: string }> {
  const opened = (stage = await openStage(options))
  const live = join(opened.mediaDir, 'live', BROADCAST)
  return { opened, live, media: join(live, 'media.m3u8'), recording: join(opened.mediaDir, 'recordings', BROADCAST) }
}

const listed = async (media: string) => (await readPlaylist(media)).segments

test('every segment plays alone, begins with a keyframe, is about 2 s long and follows on the one before', async () => {
  const { opened, live, media } = await open({ env: { HLS_WINDOW: '3' } })
  opened.push({ video: 'bframes', gopSeconds: 1 })
  await eventually('the window has moved on', async () => (await readPlaylist(media)).mediaSequence >= 2, 30_000)
  const playlist = await readPlaylist(media)
  expect(playlist.segments).toHaveLength(3)
  let end: number | undefined
  for (const segment of playlist.segments) {
    expect(segment.duration).toBeGreaterThan(1.8)
    expect(segment.duration).toBeLessThan(2.3)
    const frames = await probeFrames(await joinSegment(live, segment))
    const pictures = frames.filter(({ media_type }) => media_type === 'video')
    expect(pictures[0]?.key_frame).toBe(1)
    const times = pictures.map(({ pts_time }) => Number(pts_time))
    expect(times).toEqual([...times].sort((a, b) => a - b))
    if (end !== undefined) expect(Math.abs((times[0] ?? 0) - end)).toBeLessThan(0.1)
    end = (times.at(-1) ?? 0) + 1 / 30
    expect(frames.some(({ media_type }) => media_type === 'audio')).toBe(true)
  }
  expect(playlist.text).toMatch(/^#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:3\n/)
  expect(playlist.text).toMatch(/#EXT-X-PROGRAM-DATE-TIME:20\d\d-/)
  const master = await readFile(join(live, 'index.m3u8'), 'utf8')
  expect(master).toMatch(/BANDWIDTH=\d+,AVERAGE-BANDWIDTH=\d+,CODECS="avc1\.4d[0-9a-f]{4},mp4a\.40\.2",RESOLUTION=320x180,FRAME-RATE=30\.000/)
  expect((await probeStreams(join(live, 'snapshot.jpg'))).streams[0]).toMatchObject({ codec_name: 'mjpeg', width: 320, height: 180 })
}, 60_000)

test('a killed packager begins a new run behind a discontinuity, and the relay goes on untouched', async () => {
  const { opened, live, media } = await open()
  opened.push()
  await eventually('a segment', async () => (await listed(media)).length >= 1)
  const relays = opened.bridge.ffmpegs('rtp://')
  process.kill(opened.bridge.ffmpegs('-f hls')[0] ?? 0, 'SIGKILL')
  await eventually('the next run is listed', async () => (await listed(media)).some(({ discontinuity }) => discontinuity), 20_000)
  const fresh = (await listed(media)).find(({ discontinuity }) => discontinuity)
  expect(fresh?.init).toBe('run-2/init.mp4')
  if (fresh) expect((await probeFrames(await joinSegment(live, fresh))).length).toBeGreaterThan(20)
  expect(opened.bridge.ffmpegs('rtp://')).toEqual(relays)
  await eventually('the server is told', () => opened.server.beats.at(-1)?.ffmpegRestarts['packager'] === 1)
  expect(opened.server.beats.at(-1)?.ffmpegRestarts).toEqual({ packager: 1 })
  const metrics = await (await fetch(`${opened.bridge.url}/metrics`)).text()
  expect(metrics).toMatch(/ffmpeg_restarts_total\{role="packager"\} 1/)
  expect(Number(/rtmp_bytes_total (\d+)/.exec(metrics)?.[1])).toBeGreaterThan(10_000)
}, 60_000)

test('killed in the middle of a recording, another life goes on with it, and what was recorded becomes a replay', async () => {
  const { opened, live, media, recording } = await open()
  opened.push()
  await eventually('two segments', async () => (await listed(media)).length >= 2)
  const bridge = await opened.crashBridge()
  opened.push()
  await eventually('the second life has segments', async () => (await listed(media)).filter(({ uri }) => uri.startsWith('run-2')).length >= 2, 20_000)
  expect((await bridge.call('POST', `/broadcasts/${BROADCAST}/finish`, { record: true })).status).toBe(202)
  expect((await bridge.call('POST', `/broadcasts/${BROADCAST}/finish`, { record: true })).status).toBe(202)
  await eventually('the replay and its MP4 are reported', () => opened.server.replays.length === 2, 20_000)
  expect(opened.server.replays).toEqual([expect.objectContaining({ state: 'ready', bytes: 0, width: 320, height: 180 }), { ...opened.server.replays[0], bytes: (await stat(join(recording, 'replay.mp4'))).size }])

  expect((await readPlaylist(media)).ended).toBe(true)
  const vod = await readPlaylist(join(recording, 'index.m3u8'))
  expect(vod.ended).toBe(true)
  expect(vod.segments.filter(({ discontinuity }) => discontinuity)).toHaveLength(1)
  const seconds = vod.segments.reduce((sum, { duration }) => sum + duration, 0)
  const mp4 = await readFile(join(recording, 'replay.mp4'))
  expect(mp4.indexOf('moov')).toBeLessThan(mp4.indexOf('mdat'))
  const probed = await probeStreams(join(recording, 'replay.mp4'))
  expect(Math.abs(probed.seconds - seconds)).toBeLessThan(0.5)
  const times = (await probeFrames(join(recording, 'replay.mp4'))).filter(({ media_type }) => media_type === 'video').map(({ pts_time }) => Number(pts_time))
  expect(times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0))).toBe(true)
  expect(existsSync(join(recording, 'poster.jpg'))).toBe(true)
  expect(existsSync(join(live, 'snapshot.jpg'))).toBe(true)
}, 90_000)

test('a bridge that never saw the broadcast finishes it from what lies on disk; without any segment it reports none', async () => {
  const { opened, media } = await open()
  const push = opened.push()
  await eventually('two segments', async () => (await listed(media)).length >= 2)
  await push.kill()
  const bridge = await opened.crashBridge()
  await bridge.call('POST', `/broadcasts/${BROADCAST}/finish`, { record: true })
  await bridge.call('POST', '/broadcasts/never-seen-1/finish', { record: true })
  await eventually('both are reported', () => opened.server.replays.length === 3, 20_000)
  expect(opened.server.replays.map(({ broadcastId, state }) => `${broadcastId} ${state}`).sort()).toEqual([`${BROADCAST} ready`, `${BROADCAST} ready`, 'never-seen-1 empty'])
}, 60_000)

test('a replay can be watched before, and without, its MP4, which is tried again until it can be made', async () => {
  const { opened, media, recording } = await open()
  const push = opened.push()
  await eventually('two segments', async () => (await listed(media)).length >= 2)
  await push.stop()
  // Nothing can be renamed onto a folder.
  await mkdir(join(recording, 'replay.mp4'))
  const finish = () => opened.bridge.call('POST', `/broadcasts/${BROADCAST}/finish`, { record: true })
  await finish()
  await eventually('the replay is reported', () => opened.server.replays.length === 1)
  expect(opened.server.replays[0]).toMatchObject({ state: 'ready', bytes: 0, width: 320, height: 180 })
  expect((await readPlaylist(join(recording, 'index.m3u8'))).ended).toBe(true)
  await eventually('making the MP4 has failed', () => opened.bridge.log().includes('a step of finishing a recording failed'))
  expect((await stat(join(recording, 'replay.mp4'))).isDirectory()).toBe(true)
  await rmdir(join(recording, 'replay.mp4'))
  await eventually('the MP4 is reported', () => opened.server.replays.length === 2)
  const { size } = await stat(join(recording, 'replay.mp4'))
  expect(opened.server.replays[1]).toEqual({ ...opened.server.replays[0], bytes: size })
  expect((await readdir(recording)).filter((name) => name.includes('tmp'))).toEqual([])
  await eventually('another finish has nothing to make', async () => (await finish()).ok && opened.server.replays.length > 2)
  expect(opened.server.replays[2]).toEqual(opened.server.replays[1])
}, 60_000)

test('a bridge that is stopped while it records leaves the recording playable; another life goes on with it', async () => {
  const { opened, media, recording } = await open()
  opened.push()
  await eventually('two segments', async () => (await listed(media)).length >= 2)
  expect(await opened.bridge.end('SIGTERM')).toBe(0)
  const kept = await readPlaylist(join(recording, 'index.m3u8'))
  expect(kept.ended).toBe(true)
  expect(kept.segments.map(({ uri }) => uri)).toEqual((await listed(media)).map(({ uri }) => uri))
  const { streams, seconds } = await probeStreams(join(recording, 'index.m3u8'))
  expect(streams.map(({ codec_name }) => codec_name).sort()).toEqual(['aac', 'h264'])
  expect(seconds).toBeGreaterThan(4)
  const bridge = await opened.crashBridge()
  opened.push()
  await eventually('the second life has a segment', async () => (await listed(media)).some(({ uri }) => uri.startsWith('run-2')), 20_000)
  await bridge.call('POST', `/broadcasts/${BROADCAST}/finish`, { record: true })
  await eventually('the MP4 is reported', () => opened.server.replays.length === 2, 20_000)
  expect((await readPlaylist(join(recording, 'index.m3u8'))).segments.length).toBeGreaterThan(kept.segments.length)
}, 60_000)

test('runs of different picture sizes become one MP4 of the longest one’s size', async () => {
  const { opened, media, recording } = await open()
  const first = opened.push({ size: '320x180', audio: false })
  await eventually('three segments', async () => (await listed(media)).length >= 3, 20_000)
  await first.kill()
  const second = opened.push({ size: '640x360' })
  await eventually('the second run', async () => (await listed(media)).some(({ uri }) => uri.startsWith('run-2')), 20_000)
  await second.stop()
  await opened.bridge.call('POST', `/broadcasts/${BROADCAST}/finish`, { record: true })
  await eventually('the replay and its MP4 are reported', () => opened.server.replays.length === 2, 40_000)
  expect(opened.server.replays[1]).toMatchObject({ state: 'ready', width: 320, height: 180 })
  const { streams, seconds } = await probeStreams(join(recording, 'replay.mp4'))
  expect(streams.map(({ codec_name }) => codec_name)).toEqual(['h264', 'aac'])
  expect(seconds).toBeGreaterThan(7)
  expect((await probeFrames(join(recording, 'replay.mp4'))).length).toBeGreaterThan(200)
}, 90_000)

test('a recordings folder that cannot be written stops the recording with one notice, never the broadcast', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder.path, 'recordings'), 'a file where a folder should be')
  const { opened, media } = await open({ mediaDir: folder.path })
  opened.push()
  await eventually('the broadcast goes on', async () => (await listed(media)).length >= 3, 20_000)
  expect(opened.server.notices).toEqual([expect.objectContaining({ code: 'recording-stopped', detail: 'disk-unwritable' })])
  await folder.remove()
}, 60_000)

const mountable = canMount()
test.skipIf(!mountable)('a full disk stops the recording with one notice; HLS goes on in the room that was kept free', async () => {
  const folder = await temporaryFolder()
  const recordings = join(folder.path, 'recordings')
  await mkdir(recordings)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', recordings])
  try {
    const { opened, media, recording } = await open({ mediaDir: folder.path })
    opened.push({ videoBitrate: '800k' })
    await eventually('the notice', () => opened.server.notices.length > 0, 30_000)
    expect(opened.server.notices[0]).toMatchObject({ code: 'recording-stopped', detail: 'disk-full' })
    const { mediaSequence, segments } = await readPlaylist(media)
    await eventually('the broadcast goes on', async () => {
      const now = await readPlaylist(media)
      return now.mediaSequence + now.segments.length > mediaSequence + segments.length
    }, 15_000)
    expect(opened.server.notices).toHaveLength(1)
    expect((await stat(recording)).isDirectory()).toBe(true)
    await opened.bridge.end('SIGTERM')
  } finally {
    execFileSync('umount', ['-l', recordings])
    await folder.remove()
  }
}, 60_000)

/** Only root may mount. */
function canMount(): boolean {
  return process.getuid?.() === 0 && existsSync('/proc/self/mounts')
}
