// Decides, from what the first tags say, when a relay can start and what must be transcoded for browsers.
import type { TranscodeReason } from '../../server/contract/broadcast.ts'
import { parseH264Config, webrtcVerdict } from '../flv/h264Config.ts'
import type { HubTag } from '../hub/HubTag.ts'
import type { StreamConfig } from '../hub/StreamConfig.ts'

/** What onMetaData announces; undefined when there was none. */
export type Announced = { readonly video: boolean; readonly audio: boolean } | undefined

export type RelayDecision = { readonly video: { readonly transcodeReason: TranscodeReason | null } | null; readonly audio: boolean }

/** How long a track that may still come is waited for, ms: announced ones longer. */
const WAIT_MS = 300
const WAIT_ANNOUNCED_MS = 1_000

export type RelaySituation = {
  readonly config: StreamConfig
  readonly cached: readonly HubTag[]
  readonly announced: Announced
  /** Since the first media tag, ms. */
  readonly elapsedMs: number
  /** Frames were seen out of presentation order. */
  readonly reordered: boolean
  /** How long an announced track is waited for, ms. */
  readonly waitAnnouncedMs?: number
}

/** The decision, or undefined while it is worth waiting for more tags. */
export function decideRelay(situation: RelaySituation): RelayDecision | undefined {
  const { announced, elapsedMs, waitAnnouncedMs = WAIT_ANNOUNCED_MS } = situation
  const video = videoReady(situation)
  const audio = audioReady(situation)
  const waitFor = (kind: 'video' | 'audio') => elapsedMs < (announced === undefined ? WAIT_MS : announced[kind] ? waitAnnouncedMs : 0)
  if (!video && !audio) return undefined
  // A track that has begun but is not yet decodable is only a keyframe away.
  if (!video && (waitFor('video') || (situation.config.video && elapsedMs < waitAnnouncedMs))) return undefined
  if (!audio && waitFor('audio')) return undefined
  return { video: video ? { transcodeReason: transcodeReason(situation) } : null, audio }
}

/** Whether video can be decoded from the cache. */
export function videoReady({ config, cached }: Pick<RelaySituation, 'config' | 'cached'>): boolean {
  const { video } = config
  if (video === undefined || cached.length === 0) return false
  return video.setup !== undefined || video.codec === 'vp9' || video.codec === 'other'
}

export function audioReady({ config }: Pick<RelaySituation, 'config'>): boolean {
  const { audio } = config
  return audio !== undefined && (audio.codec !== 'aac' || audio.setup !== undefined)
}

/** Why browsers cannot take the picture as it is; null when they can. */
export function transcodeReason({ config, cached, reordered }: Pick<RelaySituation, 'config' | 'cached' | 'reordered'>): TranscodeReason | null {
  const { video } = config
  if (video === undefined) return null
  if (video.codec === 'other') return 'codec'
  if (video.codec !== 'h264') return video.codec
  if (reordered) return 'b-frames'
  const first = cached[0]
  const composition = first && 'video' in first ? first.video.compositionTimeMs : 0
  try {
    const verdict = webrtcVerdict(parseH264Config(video.setup ?? Buffer.alloc(0)), composition)
    return verdict.copy ? null : verdict.reason
  } catch {
    // A sequence header that cannot be read says nothing good about the stream: let a decoder judge it.
    return 'codec'
  }
}
