// Real ffmpeg pushes: what arrives is what was encoded, and a person at the encoder sees why a push was refused.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { describeAudio, describeVideo } from '../../bridge/flv/describeTag.ts'
import type { FlvTag } from '../../bridge/flv/FlvTag.ts'
import { parseH264Config, webrtcVerdict } from '../../bridge/flv/h264Config.ts'
import { flvHeader, flvTagBytes } from '../../bridge/flv/writeFlv.ts'
import { startPush } from '../support/pushMedia.ts'
import type { MediaPush, PushOptions } from '../support/pushMedia.ts'
import { startRtmpTestServer } from '../support/rtmpTestServer.ts'
import type { RtmpTestServer, RtmpTestServerOptions } from '../support/rtmpTestServer.ts'

const run = promisify(execFile)

let running: RtmpTestServer | undefined
const pushes: MediaPush[] = []

async function start(options: RtmpTestServerOptions = {}): Promise<RtmpTestServer> {
  running = await startRtmpTestServer(options)
  return running
}

function push(server: RtmpTestServer, options: Partial<PushOptions> = {}): MediaPush {
  const started = startPush({ url: `rtmp://127.0.0.1:${server.port}/live/the-key`, size: '320x180', maxSeconds: 20, ...options })
  pushes.push(started)
  return started
}

afterEach(async () => {
  await Promise.all(pushes.splice(0).map((one) => one.kill()))
  await running?.close()
  running = undefined
})

/** The sequence header of a push's video and the composition time of its first keyframe. */
function firstPicture(tags: readonly FlvTag[]) {
  const video = tags.filter((tag) => tag.type === 'video').map((tag) => ({ tag, seen: describeVideo(tag.data) }))
  const sequence = video.find(({ seen }) => seen?.kind === 'sequence')
  const keyframe = video.find(({ seen }) => seen?.kind === 'keyframe')
  if (sequence?.seen === undefined || keyframe?.seen === undefined) throw new Error('the push has no picture')
  return { config: parseH264Config(sequence.tag.data.subarray(sequence.seen.bodyOffset)), compositionMs: keyframe.seen.compositionTimeMs }
}

test('a push arrives whole: metadata, sequence headers, every frame, and ffprobe can read it', async () => {
  const server = await start()
  const exit = await push(server, { maxSeconds: 2, realtime: false }).exited
  expect(exit.code).toBe(0)
  const [publish] = server.publishes
  expect(await publish?.closed).toBe('the encoder stopped')
  const tags = publish?.tags ?? []
  expect(publish?.metadata[0]).toMatchObject({ width: 320, height: 180, videocodecid: 7, audiocodecid: 10 })
  const frames = tags.filter((tag) => tag.type === 'video').map((tag) => describeVideo(tag.data)?.kind)
  expect(frames[0]).toBe('sequence')
  expect(frames.filter((kind) => kind === 'keyframe').length).toBe(2)
  expect(frames.filter((kind) => kind === 'keyframe' || kind === 'inter').length).toBe(60)
  expect(describeAudio((tags.find((tag) => tag.type === 'audio') as FlvTag).data)).toMatchObject({ codec: 'aac', kind: 'sequence' })

  const folder = await mkdtemp(join(tmpdir(), 'rtmp-push-'))
  try {
    const file = join(folder, 'push.flv')
    await writeFile(file, Buffer.concat([flvHeader({ audio: true, video: true }), ...tags.map(flvTagBytes)]))
    const { stdout, stderr } = await run('ffprobe', ['-v', 'error', '-count_frames', '-show_entries', 'stream=codec_name,nb_read_frames', '-of', 'csv=p=0', file])
    expect(stderr).toBe('')
    expect(stdout.trim().split('\n')).toEqual(expect.arrayContaining(['h264,60']))
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a live push is heard as it happens, and a cut line is noticed at once', async () => {
  const server = await start()
  const pushed = push(server)
  await vi.waitFor(() => expect((server.publishes[0]?.tags.length ?? 0) > 30).toBe(true), { timeout: 10_000 })
  await pushed.kill()
  expect(await server.publishes[0]?.closed).toMatch(/disconnected|broke/)
})

test('the stop button of an encoder is understood', async () => {
  const server = await start()
  const pushed = push(server)
  await vi.waitFor(() => expect((server.publishes[0]?.tags.length ?? 0) > 10).toBe(true), { timeout: 10_000 })
  await pushed.stop()
  expect(await server.publishes[0]?.closed).toBe('the encoder stopped')
})

describe('pictures as x264 writes them', () => {
  test.each<[NonNullable<PushOptions['video']>, unknown, unknown]>([
    ['baseline', { profile: 'constrained-baseline', chromaFormat: '4:2:0', bitDepth: 8 }, { copy: true }],
    ['main', { profile: 'main', numReorderFrames: 0 }, { copy: true }],
    ['high', { profile: 'high', numReorderFrames: 0 }, { copy: true }],
    ['bframes', { profile: 'main', numReorderFrames: 2 }, { copy: false, reason: 'b-frames' }],
    ['high10', { profile: 'high-10', bitDepth: 10 }, { copy: false, reason: 'bit-depth' }],
    ['high422', { profile: 'high-4:2:2', chromaFormat: '4:2:2' }, { copy: false, reason: 'chroma' }],
    ['high444', { profile: 'high-4:4:4', chromaFormat: '4:4:4' }, { copy: false, reason: 'chroma' }],
  ])('%s', async (video, expected, verdict) => {
    const server = await start()
    expect((await push(server, { video, maxSeconds: 1, realtime: false, audio: false }).exited).code).toBe(0)
    const { config, compositionMs } = firstPicture(server.publishes[0]?.tags ?? [])
    expect(config).toMatchObject({ width: 320, height: 180, progressive: true, ...(expected as object) })
    expect(webrtcVerdict(config, compositionMs)).toEqual(verdict)
    expect(compositionMs > 0).toBe(video === 'bframes')
  })
})

describe('ffmpeg shows the person at the encoder', () => {
  test('why a wrong key was refused', async () => {
    const server = await start({
      decide: () => {
        throw new Error('this stream key is not valid; copy it again from the studio')
      },
    })
    const pushed = push(server)
    expect((await pushed.exited).code).not.toBe(0)
    expect(pushed.stderr()).toContain('this stream key is not valid; copy it again from the studio')
  })

  test('that the address is wrong', async () => {
    const server = await start()
    const pushed = push(server, { url: `rtmp://127.0.0.1:${server.port}/studio/the-key` })
    expect((await pushed.exited).code).not.toBe(0)
    expect(pushed.stderr()).toContain('the server address must end in /live')
  })

  test('why its broadcast was ended', async () => {
    const server = await start()
    const pushed = push(server)
    await vi.waitFor(() => expect((server.publishes[0]?.tags.length ?? 0) > 5).toBe(true), { timeout: 10_000 })
    server.publishes[0]?.publisher.close('replaced by a newer connection')
    expect((await pushed.exited).code).not.toBe(0)
    expect(pushed.stderr()).toContain('replaced by a newer connection')
  })

  test('that nothing can be played, after a digest handshake that ffmpeg verifies', async () => {
    const server = await start()
    const played = run('ffprobe', ['-hide_banner', '-loglevel', 'debug', `rtmp://127.0.0.1:${server.port}/live/the-key`])
    await expect(played).rejects.toThrow('does not play them')
    await expect(played).rejects.toThrow('Server version 5.0.0.1')
  })
})
