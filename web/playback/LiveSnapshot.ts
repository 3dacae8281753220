// What a live player shows at one moment; a new object at each change.
import type { BroadcastView } from '../../server/contract/broadcast.ts'
import type { PlayMode } from '../../server/contract/sockets.ts'
import type { AccessView } from '../../server/contract/tickets.ts'
import type { Ban } from './Ban.ts'
import type { FallbackReason, ModeChoice } from './chooseMode.ts'
import type { PlayerState } from './playerState.ts'
import type { Started } from './startPlaying.ts'

export type Quality = { readonly level: number; readonly height: number }

export type LiveSnapshot = {
  readonly state: PlayerState
  readonly broadcast: BroadcastView | null
  /** Why this viewer is kept out, and until when (ISO 8601; null: for good); null when they are not. */
  readonly banned: Ban | null
  /** What this viewer may receive of a paid show; null for a free one. */
  readonly access: AccessView | null
  /** null before the server told. */
  readonly viewers: number | null
  readonly choice: ModeChoice
  readonly mode: PlayMode
  readonly fallback: FallbackReason | null
  /** From the host's camera to this screen, in ms. */
  readonly delayMs: number | null
  /** From the page's asking to the first picture, in ms. */
  readonly firstFrameMs: number | null
  readonly qualities: readonly Quality[]
  /** The level chosen, or -1 for automatic. */
  readonly quality: number
  /** Height of what is received now. */
  readonly playingHeight: number | null
  /** What the browser made of autoplay. */
  readonly started: Started | null
}

export const firstSnapshot: LiveSnapshot = {
  state: 'connecting',
  broadcast: null,
  banned: null,
  access: null,
  viewers: null,
  choice: 'auto',
  mode: 'webrtc',
  fallback: null,
  delayMs: null,
  firstFrameMs: null,
  qualities: [],
  quality: -1,
  playingHeight: null,
  started: null,
}

export const sameSnapshot = (one: LiveSnapshot, other: LiveSnapshot): boolean => (Object.keys(one) as (keyof LiveSnapshot)[]).every((key) => Object.is(one[key], other[key]))
