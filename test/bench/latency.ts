// `npm run bench:latency`: glass to glass on loopback, read from a clock in the picture, for each way from a host to a viewer.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import type { Browser, Page } from 'playwright'
import { hasAttribute, launchHost, launchViewer, openPage, seesMovingPicture } from '../support/browsers.ts'
import { eventually } from '../support/eventually.ts'
import type { CreatedChannel, TestPlatform } from '../support/startPlatform.ts'
import { withBenchPlatform } from './benchPlatform.ts'
import { percentile, report } from './report.ts'
import type { Row } from './report.ts'
import { HEIGHT, WIDTH, becomeTimeCodeCamera, readDelays, timeCodeFrame } from './timeCode.ts'

const SAMPLES = Number(process.env['BENCH_SAMPLES'] ?? 200)
const JOINS = Number(process.env['BENCH_JOINS'] ?? 8)
const FPS = 30
const LIMIT_MS = 30_000

await withBenchPlatform(async (platform) => {
  const [hostBrowser, viewerBrowser] = await Promise.all([launchHost(), launchViewer()])
  const rows: Row[] = []
  try {
    await browserToBrowser(platform, hostBrowser, viewerBrowser, rows)
    await fromRtmp(platform, viewerBrowser, rows)
  } finally {
    await Promise.all([hostBrowser.close(), viewerBrowser.close()])
  }
  report('latency', rows)
})

async function browserToBrowser(platform: TestPlatform, hostBrowser: Browser, viewerBrowser: Browser, rows: Row[]): Promise<void> {
  const channel = await platform.createChannel('bench-camera')
  const context = await hostBrowser.newContext({ viewport: { width: 1280, height: 800 } })
  await context.addInitScript(becomeTimeCodeCamera)
  const host = await context.newPage()
  await host.goto(`${platform.url}/login`, { waitUntil: 'commit' })
  await host.fill('[name="name"]', channel.owner)
  await host.fill('[name="password"]', channel.password)
  await host.click('form button[type="submit"]')
  await host.waitForURL((url) => url.pathname !== '/login')
  await host.goto(`${platform.url}/studio`, { waitUntil: 'commit' })
  await host.getByTestId('studio-go-live').click()
  await platform.waitForState(channel.channel, 'live')
  rows.push(await measure('browser -> WebRTC', platform, viewerBrowser, channel, 'webrtc'))
  await context.close()
}

async function fromRtmp(platform: TestPlatform, viewerBrowser: Browser, rows: Row[]): Promise<void> {
  const channel = await platform.createChannel('bench-obs')
  const push = pushTimeCode(`${channel.rtmpUrl}/${channel.streamKey}`)
  try {
    await platform.waitForState(channel.channel, 'live')
    rows.push(await measure('RTMP -> WebRTC', platform, viewerBrowser, channel, 'webrtc'))
    await eventually('HLS is there', async () => (await fetch(channel.hlsUrl)).ok, 20_000)
    rows.push(await measure('RTMP -> HLS', platform, viewerBrowser, channel, 'hls'))
  } finally {
    push.stop()
  }
}

async function measure(path: string, platform: TestPlatform, browser: Browser, channel: CreatedChannel, mode: 'webrtc' | 'hls'): Promise<Row> {
  const firstFrames: number[] = []
  let page: Page | undefined
  for (let join = 0; join < (mode === 'hls' ? 2 : JOINS); join += 1) {
    await page?.context().close()
    page = await openPage(browser, `${platform.url}/c/${channel.channel}`)
    if (mode === 'hls') {
      await page.getByTestId('mode-menu').click()
      await page.getByRole('menuitemradio', { name: /^HLS/ }).click()
    }
    await hasAttribute(page, '[data-mode]', 'data-mode', mode)
    await seesMovingPicture(page, { limitMs: LIMIT_MS })
    firstFrames.push(Number(await page.locator('[data-first-frame-ms]').first().getAttribute('data-first-frame-ms')))
  }
  if (!page) throw new Error('no join was asked for')
  const delays = await page.evaluate(readDelays, { samples: SAMPLES, limitMs: LIMIT_MS })
  const shown = Number(await page.locator('[data-delay-ms]').first().getAttribute('data-delay-ms'))
  await page.context().close()
  return {
    path,
    samples: delays.length,
    'p50 ms': percentile(delays, 0.5),
    'p95 ms': percentile(delays, 0.95),
    'page says ms': shown,
    joins: firstFrames.length,
    'first frame p50 ms': Math.round(percentile(firstFrames, 0.5)),
    'first frame p95 ms': Math.round(percentile(firstFrames, 0.95)),
  }
}

/** Encodes as OBS does with zero latency and a keyframe a second, and sends it by RTMP. */
function pushTimeCode(url: string): { stop(): void } {
  const args = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${WIDTH}x${HEIGHT}`, '-r', String(FPS), '-i', 'pipe:0', '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000']
  const encode = ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-profile:v', 'baseline', '-g', String(FPS), '-b:v', '1M', '-c:a', 'aac', '-b:a', '128k', '-flush_packets', '1', '-f', 'flv', url]
  const ffmpeg: ChildProcess = spawn('ffmpeg', ['-v', 'error', '-fflags', 'nobuffer', ...args, ...encode], { stdio: ['pipe', 'ignore', 'inherit'] })
  ffmpeg.stdin?.on('error', () => undefined)
  let index = 0
  const started = performance.now()
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - started) * FPS) / 1000)
    for (; index <= due; index += 1) ffmpeg.stdin?.write(timeCodeFrame(Date.now(), index))
  }, 5)
  return {
    stop: () => {
      clearInterval(timer)
      ffmpeg.kill('SIGKILL')
    },
  }
}
