// Debian's Chromium, as a host's browser with a fake camera or as a viewer's.
import { chromium } from 'playwright'
import type { Browser, Page } from 'playwright'

const common = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--allow-loopback-in-peer-connection',
]
const launch = (args: string[]) => chromium.launch({ executablePath: '/usr/bin/chromium', args: [...common, ...args] })

/** The fake camera and microphone belong in a host's browser only: in a viewer's they halve decoding. */
export const launchHost = (): Promise<Browser> => launch(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required'])
export const launchViewer = (): Promise<Browser> => launch(['--autoplay-policy=no-user-gesture-required'])

export type PageOptions = { readonly language?: 'en' | 'zh-CN'; readonly phone?: boolean }

/** A page in a fresh context: its own cookies, storage and language. */
export async function openPage(browser: Browser, url: string, { language = 'en', phone = false }: PageOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    locale: language,
    viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 800 },
    ...(phone ? { isMobile: true, hasTouch: true } : {}),
  })
  const page = await context.newPage()
  await page.goto(url, { waitUntil: 'commit' })
  return page
}

/** What a video element on the page has shown so far. */
export type Picture = { readonly time: number; readonly frames: number; readonly width: number; readonly height: number; readonly colours: number }

/** Looks at the player's video: its clock, decoded frames, size, and how many different colours its present frame has. */
export function lookAt(page: Page, selector = '[data-testid="player-video"]'): Promise<Picture> {
  return page.evaluate((query) => {
    const video = document.querySelector<HTMLVideoElement>(query)
    if (!video) return { time: 0, frames: 0, width: 0, height: 0, colours: 0 }
    const canvas = document.createElement('canvas')
    canvas.width = 32
    canvas.height = 18
    const context = canvas.getContext('2d', { willReadFrequently: true })
    context?.drawImage(video, 0, 0, 32, 18)
    const pixels = context?.getImageData(0, 0, 32, 18).data ?? new Uint8ClampedArray()
    const colours = new Set<number>()
    for (let at = 0; at < pixels.length; at += 4) colours.add(((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0))
    return { time: video.currentTime, frames: video.getVideoPlaybackQuality().totalVideoFrames, width: video.videoWidth, height: video.videoHeight, colours: colours.size }
  }, selector)
}

/** Resolves when the picture moves and is more than one colour. */
export async function seesMovingPicture(page: Page, { limitMs = 20_000, selector }: { limitMs?: number; selector?: string } = {}): Promise<Picture> {
  const deadline = Date.now() + limitMs
  let first = await lookAt(page, selector)
  for (;;) {
    await page.waitForTimeout(250)
    const now = await lookAt(page, selector)
    if (now.frames >= first.frames + 5 && now.time > first.time && now.colours > 20) return now
    if (now.frames < first.frames) first = now
    if (Date.now() > deadline) throw new Error(`No moving picture within ${limitMs} ms: first ${JSON.stringify(first)}, last ${JSON.stringify(now)}`)
  }
}

/** Resolves with the loudness (0 to 1, root mean square) that the player's live stream carries, once it is above silence. */
export async function hearsSound(page: Page, limitMs = 10_000): Promise<number> {
  const handle = await page.waitForFunction(
    () => {
      const video = document.querySelector<HTMLVideoElement>('[data-testid="player-video"]')
      const stream = video?.srcObject
      if (!(stream instanceof MediaStream) || stream.getAudioTracks().length === 0) return false
      const state = window as unknown as { analyser?: AnalyserNode }
      if (!state.analyser) {
        const context = new AudioContext()
        state.analyser = context.createAnalyser()
        context.createMediaStreamSource(stream).connect(state.analyser)
      }
      const samples = new Float32Array(state.analyser.fftSize)
      state.analyser.getFloatTimeDomainData(samples)
      const loudness = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)
      return loudness > 0.001 ? loudness : false
    },
    undefined,
    { timeout: limitMs, polling: 100 },
  )
  return Number(await handle.jsonValue())
}

/** Waits until an element has an attribute of that value. */
export async function hasAttribute(page: Page, selector: string, attribute: string, value: string, limitMs = 20_000): Promise<void> {
  await page.locator(`${selector}[${attribute}="${value}"]`).first().waitFor({ state: 'attached', timeout: limitMs })
}
