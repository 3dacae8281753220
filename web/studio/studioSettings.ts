// What a host chooses before going live from the browser, remembered for the next time.
import { remember, remembered } from '../client/remembered.ts'

export const resolutions = [
  { name: '360p', width: 640, height: 360, kbps: 800 },
  { name: '480p', width: 854, height: 480, kbps: 1_200 },
  { name: '720p', width: 1280, height: 720, kbps: 2_500 },
  { name: '1080p', width: 1920, height: 1080, kbps: 4_500 },
] as const
export type Resolution = (typeof resolutions)[number]
export type ResolutionName = Resolution['name']

export const bitrates = [400, 800, 1_200, 2_500, 4_500, 6_000, 8_000] as const

export type StudioSettings = {
  readonly picture: 'camera' | 'screen' | 'none'
  /** A device's id; empty for the browser's default. */
  readonly cameraId: string
  /** A device's id; empty for the default; `none` for no microphone. */
  readonly microphoneId: string
  readonly resolution: ResolutionName
  readonly kbps: number
  readonly music: boolean
  readonly screenAudio: boolean
  /** What the screen shows decides what suffers first: sharpness or smoothness. */
  readonly screenKind: 'text' | 'motion'
}

export const defaultSettings: StudioSettings = {
  picture: 'camera',
  cameraId: '',
  microphoneId: '',
  resolution: '720p',
  kbps: 2_500,
  music: false,
  screenAudio: true,
  screenKind: 'text',
}

export function resolutionOf({ resolution }: Pick<StudioSettings, 'resolution'>): Resolution {
  return resolutions.find(({ name }) => name === resolution) ?? resolutions[2]
}

const KEY = 'footlight.studio'

export function loadSettings(): StudioSettings {
  try {
    const stored = JSON.parse(remembered(KEY) ?? '{}') as Partial<StudioSettings>
    const known = resolutions.some(({ name }) => name === stored.resolution) && typeof stored.kbps === 'number'
    // A screen must be chosen anew each time, so the studio opens with the camera.
    return known ? { ...defaultSettings, ...stored, picture: stored.picture === 'none' ? 'none' : 'camera' } : defaultSettings
  } catch {
    return defaultSettings
  }
}

export function saveSettings(settings: StudioSettings): void {
  remember(KEY, JSON.stringify(settings))
}
